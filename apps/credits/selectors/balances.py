"""What the current team has."""

from typing import Any

from apps.credits.models import CREDITS, Wallet

from .caching import BALANCE_SECONDS, read_cached
from .funds import preview_grants
from .terms import read_terms


def get_balance() -> dict[str, Any]:
    """`{balance, held, available, unit}` of the current team, at most five minutes old and renewed by every change."""
    return read_cached("balance", ttl=BALANCE_SECONDS, make=compute_balance)


def compute_balance() -> dict[str, Any]:
    """The balance as the grants have it now, with what the period brings and without what expired; writes nothing."""
    grants = [grant for grant in preview_grants(read_terms()) if grant.unit == CREDITS]
    held = Wallet.objects.values_list("held", flat=True).first() or 0
    free = sum(grant.free for grant in grants)
    return {"balance": free + held, "held": held, "available": free, "unit": CREDITS}
