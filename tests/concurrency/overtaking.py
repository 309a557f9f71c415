"""Two acts whose order is fixed: the slow one has looked and not yet written when the quick one does everything.

What a lock forbids then happens each time, and not only when threads meet by chance. With the lock the quick one waits,
which the slow one sees in the database's list of locks, and goes on.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from .racing import Outcomes, race

_SECONDS = 20
_WAITS_FOR_US = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@dataclass(frozen=True)
class Overtaking:
    """The two acts, before which call of the first (its `at`-th) the second comes, and what became of it."""

    slow: Callable[[], Any]
    quick: Callable[[], Any]
    before: tuple[Any, str]
    see: Callable[[Outcomes], Any]
    at: int = 1


def overtake(monkeypatch: pytest.MonkeyPatch, acts: Overtaking, *, team: Any = None) -> Any:
    """Run both, and return what `see` makes of their outcomes, the slow one's first; it runs in the caller's team."""
    looked, overtaken = threading.Event(), threading.Event()
    owner, name = acts.before
    call, thread = getattr(owner, name), threading.local()

    def pause(*args: Any, **kwargs: Any) -> Any:
        if getattr(thread, "calls_left", 0):
            thread.calls_left -= 1
            if not thread.calls_left:
                looked.set()
                _wait_to_be_overtaken(overtaken)
        return call(*args, **kwargs)

    def run(number: int) -> Any:
        thread.calls_left = 0 if number else acts.at
        if number == 0:
            return acts.slow()
        assert looked.wait(_SECONDS), f"the slow one never came to {name}"
        try:
            return acts.quick()
        finally:
            overtaken.set()

    monkeypatch.setattr(owner, name, pause)
    outcomes = race(2, run, team=team)
    assert AssertionError not in outcomes, outcomes.errors
    return acts.see(outcomes)


def _wait_to_be_overtaken(overtaken: threading.Event) -> None:
    """Until the other is done, or waits for a lock of ours."""
    give_up = time.monotonic() + _SECONDS
    while not overtaken.wait(0.01) and not _is_waited_for():
        assert time.monotonic() < give_up, "the quick one neither ends nor waits"


def _is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS_FOR_US)
        return bool(cursor.fetchone()[0])
