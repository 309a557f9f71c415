"""What the current team has."""

from collections.abc import Iterable
from typing import Any

from apps.credits.models import CREDITS, Grant, Wallet

from .caching import BALANCE_SECONDS, get_team_key, read_cached
from .funds import preview_grants
from .terms import read_terms


def get_balance() -> dict[str, Any]:
    """`{balance, held, available, unit}` of the current team, at most five minutes old and renewed by every change."""
    return read_cached(f"balance:{get_team_key()}", ttl=BALANCE_SECONDS, make=compute_balance)


def compute_balance() -> dict[str, Any]:
    """The balance as the grants have it now, with what the period brings and without what expired; writes nothing."""
    return sum_balance(preview_grants(read_terms()))


def sum_balance(grants: Iterable[Grant]) -> dict[str, Any]:
    """The balance that these open grants make. One query."""
    held = Wallet.objects.values_list("held", flat=True).first() or 0
    free = sum(grant.free for grant in grants if grant.unit == CREDITS)
    return {"balance": free + held, "held": held, "available": free, "unit": CREDITS}
