"""Bringing credits, or units of an action, into the current team's wallet."""

from dataclasses import dataclass
from datetime import datetime

from apps.accounts.models import User
from apps.credits.errors import KeyReused
from apps.credits.models import CREDITS, Grant
from apps.credits.selectors.lots import PRIORITIES

from .books import open_books


@dataclass(frozen=True)
class GrantNote:
    """Who granted and why, for the ledger."""

    actor: User | None = None
    reason: str = ""


def grant_credits(
    *,
    unit: str = CREDITS,
    amount: int,
    origin: Grant.Origin | str,
    source_key: str,
    expires_at: datetime | None = None,
    note: GrantNote | None = None,
) -> Grant:
    """Add a lot to the current team's wallet, once per `source_key`; `unit` is `credits` or an action.

    A repeated call with the same unit, amount and origin returns the first grant; with others it raises `KeyReused`.
    """
    note = note or GrantNote()
    with open_books() as books:
        if grant := Grant.objects.filter(source_key=source_key).first():
            return _same_grant(grant, unit=unit, amount=amount, origin=origin)
        grant = Grant(
            unit=unit,
            amount=amount,
            origin=origin,
            priority=PRIORITIES[Grant.Origin(origin)],
            effective_at=books.terms.now,
            expires_at=expires_at,
            source_key=source_key,
        )
        return books.add_grant(grant, member=note.actor, reason=note.reason)


def _same_grant(grant: Grant, *, unit: str, amount: int, origin: str) -> Grant:
    if (grant.unit, grant.amount, grant.origin) != (unit, amount, origin):
        raise KeyReused(details={"source_key": grant.source_key})
    return grant
