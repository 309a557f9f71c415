"""Calls that start together in threads, each on a connection of its own, in the caller's team."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import connection

from apps.teams.access import enter_team
from apps.teams.models import Team

_SECONDS = 60


class Outcomes(list[Any]):
    """What each call returned, or the class of what it raised; `count` counts either."""

    def __init__(self, number: int) -> None:
        super().__init__([None] * number)
        self.errors: list[Exception] = []

    @property
    def results(self) -> list[Any]:
        """What the calls that did not raise returned, in their order."""
        failed = {type(error) for error in self.errors}
        return [outcome for outcome in self if not (isinstance(outcome, type) and outcome in failed)]


def race(number: int, call: Callable[[int], Any], *, team: Team | None = None) -> Outcomes:
    """Run `call(0)` … `call(number - 1)` at the same moment, in `team` or in the team the caller is in."""
    outcomes = Outcomes(number)
    inside = team or _find_current_team()
    start = threading.Barrier(number)

    def run(n: int) -> None:
        try:
            start.wait(_SECONDS)
            with enter_team(inside) if inside else nullcontext():
                outcomes[n] = call(n)
        except Exception as error:
            outcomes[n] = type(error)
            outcomes.errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits"
    return outcomes


def _find_current_team() -> Team | None:
    return connection.tenant if isinstance(connection.tenant, Team) else None
