"""Runs published jobs in the test's own thread, from the real queue, with the headers they were published with."""

from typing import Any

from billiard.einfo import ExceptionInfo
from celery.app.trace import build_tracer
from celery.exceptions import Retry
from django.db import connection
from kombu import Message

from config.celery import app

_LIMIT = 200


def run_published_jobs() -> list[str]:
    """Run what waits for the commit, then every published task, until nothing is left; return the tasks' names.

    Inside a test's transaction nothing ever commits, so the callbacks are run here as the commit would. A task's
    delay is not waited for. A task's failure is not raised: as with a worker, it is the job's row that shows it.
    """
    names: list[str] = []
    while len(names) < _LIMIT:
        _run_on_commit()
        message = _next_message()
        if message is None:
            return names
        names.append(_run(message))
    raise RuntimeError(f"the jobs publish each other without end: {names[-10:]}")


def _run_on_commit() -> None:
    while connection.run_on_commit:
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _, callback, _ in waiting:
            callback()


def _next_message() -> Message | None:
    with app.pool.acquire(block=True) as broker:
        for queue in app.amqp.queues.values():
            bound = queue(broker.default_channel)
            bound.declare()
            if message := bound.get(no_ack=True, accept=["json"]):
                return message
    return None


def _run(message: Message) -> str:
    """As `Task.apply` does, with the message's own headers; a retry is published, as a worker does."""
    args, kwargs, _ = message.payload
    headers = message.headers
    task = app.tasks[headers["task"]]
    request: dict[str, Any] = {
        **headers,
        "headers": {name: value for name, value in headers.items() if name == "team_schema"},
        "args": args,
        "kwargs": kwargs,
        "is_eager": True,
        "delivery_info": message.delivery_info,
    }
    outcome = build_tracer(task.name, task, eager=True, propagate=False, app=app)(headers["id"], args, kwargs, request)
    if isinstance(outcome.retval, ExceptionInfo):
        error = getattr(outcome.retval.exception, "exc", outcome.retval.exception)
        if isinstance(error, Retry):
            error.sig.apply_async()
    return task.name
