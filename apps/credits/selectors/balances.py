"""What the current team has."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from apps.core.trips import Ask
from apps.credits.models import CREDITS, Grant

from .caching import BALANCE_SECONDS, get_team_key, read_cached
from .funds import read_funds
from .lots import find_next_end

Measured = tuple[dict[str, Any], datetime | None]


def get_balance() -> dict[str, Any]:
    """`{balance, held, available, unit}` of the current team, at most five minutes old and renewed by every change."""
    found, _ = _read_balance(lambda: _measure(read_funds()))
    return found


def read_funds_for_page(*asks: Ask[Any]) -> list[Any]:
    """As `read_funds`; the balance that they make is in the cache then, for the frame around the page.

    The funds are read after the cache gave the right to make the balance, so a change meanwhile is never missed.
    """
    found: list[Any] = []

    def make() -> Measured:
        found[:] = read_funds(*asks)
        return _measure(found)

    _read_balance(make)
    return found or read_funds(*asks)


def compute_balance() -> dict[str, Any]:
    """The balance as the grants have it now, with what the period brings and without what expired; writes nothing."""
    terms, grants = read_funds()
    return sum_balance(grants, held=terms.held)


def _read_balance(make: Callable[[], Measured]) -> Measured:
    key = f"balance:{get_team_key()}"
    return read_cached(key, ttl=BALANCE_SECONDS, make=make, find_end=lambda made: made[1])


def _measure(found: Sequence[Any]) -> Measured:
    """The balance of what `read_funds` found, and until when it is true."""
    terms, grants = found[:2]
    return sum_balance(grants, held=terms.held), find_next_end(grants)


def sum_balance(grants: Iterable[Grant], *, held: int) -> dict[str, Any]:
    """The balance that these open grants make, with what is held, expired grants' included. No query."""
    free = sum(grant.free for grant in grants if grant.unit == CREDITS)
    return {"balance": free + held, "held": held, "available": free, "unit": CREDITS}
