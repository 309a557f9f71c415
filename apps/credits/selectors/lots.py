"""In which order lots are drawn, and when they end."""

from collections.abc import Iterable
from datetime import datetime

from apps.credits.models import Grant

PRIORITIES = {
    Grant.Origin.REFUND: 10,
    Grant.Origin.ROLLOVER: 15,
    Grant.Origin.PLAN: 20,
    Grant.Origin.ADJUSTMENT: 30,
    Grant.Origin.PURCHASE: 50,
}


def is_expired(grant: Grant, *, at: datetime) -> bool:
    return grant.expires_at is not None and grant.expires_at <= at


def find_next_end(grants: Iterable[Grant]) -> datetime | None:
    """When the first of these grants ends of which something is left; None where none does."""
    return min((grant.expires_at for grant in grants if grant.expires_at and grant.remaining), default=None)


def drawing_order(grant: Grant) -> tuple[int, float, float]:
    """Priority, then soonest expiry, then oldest; what is not stored yet (no id, or one below zero) is the newest."""
    expiry = grant.expires_at.timestamp() if grant.expires_at else float("inf")
    return grant.priority, expiry, grant.pk if grant.pk and grant.pk > 0 else float("inf")
