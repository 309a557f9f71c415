"""What the current team has."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from apps.credits.models import CREDITS, Grant

from .caching import BALANCE_SECONDS, get_team_key, read_cached
from .funds import read_funds
from .lots import find_next_end


def get_balance() -> dict[str, Any]:
    """`{balance, held, available, unit}` of the current team, at most five minutes old and renewed by every change."""
    found, _ = read_cached(
        f"balance:{get_team_key()}", ttl=BALANCE_SECONDS, make=_compute_until, find_end=lambda made: made[1]
    )
    return found


def compute_balance() -> dict[str, Any]:
    """The balance as the grants have it now, with what the period brings and without what expired; writes nothing."""
    terms, grants = read_funds()
    return sum_balance(grants, held=terms.held)


def _compute_until() -> tuple[dict[str, Any], datetime | None]:
    terms, grants = read_funds()
    return sum_balance(grants, held=terms.held), find_next_end(grants)


def sum_balance(grants: Iterable[Grant], *, held: int) -> dict[str, Any]:
    """The balance that these open grants make, with what is held, expired grants' included. No query."""
    free = sum(grant.free for grant in grants if grant.unit == CREDITS)
    return {"balance": free + held, "held": held, "available": free, "unit": CREDITS}
