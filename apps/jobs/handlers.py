"""Who does the work of a kind of job, who wants to hear of its end, and how its result is shown.

An app registers in its `tasks.py`, which every process imports at start:

    @job_handler("discovery.unlock")
    def run_unlock(run: JobRun) -> dict: ...
"""

from collections.abc import Callable
from typing import Any

from apps.jobs.models import Job
from apps.jobs.runs import JobRun

Handler = Callable[[JobRun], dict[str, Any]]
EndListener = Callable[[Job], None]
Presenter = Callable[[Job], dict[str, Any]]

_handlers: dict[str, Handler] = {}
_end_listeners: dict[str, list[EndListener]] = {}
_presenters: dict[str, Presenter] = {}


def job_handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of `kind`; it runs inside the job's team and may run twice."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def on_job_end(kind: str) -> Callable[[EndListener], EndListener]:
    """Register a function that hears, inside the job's team, that a job of `kind` failed or was cancelled for good.

    It runs in the transaction that ends the job and must be repeatable: one that raises is called again by the sweep.
    """

    def register(listener: EndListener) -> EndListener:
        listeners = _end_listeners.setdefault(kind, [])
        if listener not in listeners:
            listeners.append(listener)
        return listener

    return register


def job_result(kind: str) -> Callable[[Presenter], Presenter]:
    """Register how the stored result (ids only) of `kind` is shown to the job's team, inside its schema."""

    def register(presenter: Presenter) -> Presenter:
        _presenters[kind] = presenter
        return presenter

    return register


def find_handler(kind: str) -> Handler | None:
    return _handlers.get(kind)


def list_end_listeners(kind: str) -> list[EndListener]:
    return list(_end_listeners.get(kind, ()))


def find_presenter(kind: str) -> Presenter | None:
    return _presenters.get(kind)


def list_kinds() -> list[str]:
    return sorted(_handlers)
