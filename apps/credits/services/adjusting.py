"""Corrections by the operator: credits, or units of an action, given or taken by hand, with a reason."""

from datetime import datetime

from apps.credits.errors import AdjustmentInvalid
from apps.credits.models import CREDITS, Entry, Grant
from apps.credits.selectors.lots import drawing_order

from .books import Books, Move, open_books
from .granting import GrantNote, grant_credits


def adjust_credits(
    *, amount: int, key: str, note: GrantNote, unit: str = CREDITS, expires_at: datetime | None = None
) -> int:
    """Give `amount` to the current team's wallet or, below zero, take it; once per `key`. Returns what was moved.

    Taking goes as far as what is left and not held, adjustments first, then in drawing order; never below zero. Raises
    `AdjustmentInvalid` without a reason or an amount, and `KeyReused`.
    """
    if not note.reason.strip():
        raise AdjustmentInvalid(details={"reason": ["Say why."]})
    if not amount:
        raise AdjustmentInvalid(details={"amount": ["Not zero."]})
    if amount > 0:
        grant_credits(
            unit=unit,
            amount=amount,
            origin=Grant.Origin.ADJUSTMENT,
            source_key=f"adjust:{key}",
            expires_at=expires_at,
            note=note,
        )
        return amount
    with open_books() as books:
        return _take(books, wanted=-amount, unit=unit, key=f"reverse:adjust:{key}", note=note)


def _take(books: Books, *, wanted: int, unit: str, key: str, note: GrantNote) -> int:
    if known := Entry.objects.filter(key=key).first():
        return known.amount
    moves = []
    for grant in sorted(books.list_grants(), key=_adjustments_first):
        if grant.unit == unit and (part := min(grant.free, wanted)):
            moves.append(Move(grant, amount=-part))
            wanted -= part
    entry = Entry(kind=Entry.Kind.REVERSE, key=key, unit=unit, member=note.actor, reason=note.reason)
    books.post(entry, moves)
    return entry.amount


def _adjustments_first(grant: Grant) -> tuple[bool, tuple[int, float, float]]:
    return grant.origin != Grant.Origin.ADJUSTMENT, drawing_order(grant)
