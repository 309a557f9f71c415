"""The entries of a hold's life: set aside, spent, given back."""

from collections.abc import Sequence

from apps.credits.models import CREDITS, Entry, Hold
from apps.credits.selectors.drawing import DrawLine, Source, list_sources

from .books import ENTRIES, Books, Move

# What an entry of a kind does to (remaining, held) of the grants it names.
_SIGNS = {Entry.Kind.HOLD: (0, 1), Entry.Kind.CAPTURE: (-1, -1), Entry.Kind.RELEASE: (0, -1)}


def post_lines(books: Books, *, hold: Hold, kind: Entry.Kind, lines: Sequence[DrawLine], units: int) -> None:
    """Post one entry in credits for the act, and one in bought units where such units moved."""
    bought = [line for line in lines if line.source == Source.BOUGHT]
    in_credits = [line for line in lines if line.source == Source.CREDITS]
    draws = list_sources(lines, units=units, credits=sum(line.credits for line in in_credits))
    if bought:
        entry = _describe(hold, kind=kind, unit=hold.action)
        books.post(entry, [_move(books, line, kind=kind, quantity=line.units) for line in bought])
    entry = _describe(hold, kind=kind, unit=CREDITS)
    entry.units, entry.draws = units, draws
    books.post(entry, [_move(books, line, kind=kind, quantity=line.credits) for line in in_credits])


def _move(books: Books, line: DrawLine, *, kind: Entry.Kind, quantity: int) -> Move:
    amount, held = _SIGNS[kind]
    return Move(books.get_grant(line.grant_id), amount=amount * quantity, held_delta=held * quantity)


def _describe(hold: Hold, *, kind: Entry.Kind, unit: str) -> Entry:
    return ENTRIES.new(
        kind=kind.value,
        key=f"{kind.value}:{hold.pk}:{unit}",
        unit=unit,
        action=hold.action,
        subject_type=hold.subject_type,
        subject_label=hold.subject_label,
        member_id=hold.member_id,
        hold_id=hold.pk,
    )
