"""What becomes of a hold: captured when the work is there, released when it is not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F

from apps.credits.errors import HoldClosed
from apps.credits.models import Entry, Grant, Hold, UsageCounter
from apps.credits.selectors.drawing import DrawLine, Source, list_sources
from apps.credits.selectors.holds import HOLDS, ask_hold_and_lines
from apps.credits.selectors.lots import PRIORITIES, is_expired

from .books import Books, open_books
from .posting import post_lines

_CLOSED = ("state", "settled_at", "captured_units", "captured_credits", "subject_type", "subject_label")
# Credits that were held while their grant expired come back for this long: our slowness costs the team nothing.
RETURNED_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Charge:
    """What was paid. `replayed` says that it had been paid before; nothing was charged this time."""

    action: str
    units: int
    credits: int
    draws: list[dict[str, Any]]
    balance: int
    replayed: bool = False


def capture_hold(*, key: str, subject: tuple[str, str] | None = None, units: int | None = None) -> Charge:
    """Charge the hold of `key`: call it in the transaction that stores what was paid for.

    `units` below the held number charges that many, cheapest sources first, and gives the rest back. A second call
    charges nothing and returns the same charge, `replayed`. Raises `HoldClosed` when nothing is set aside under the
    key: then the result must not be kept.
    """
    with open_books(ask_hold_and_lines(key)) as books:
        hold, lines = books.answers[0]
        if hold is None or hold.state == Hold.State.RELEASED:
            raise HoldClosed(details={"key": key})
        if hold.state == Hold.State.CAPTURED:
            return _read_charge(books, hold, lines=lines)
        if subject:
            hold.subject_type, hold.subject_label = subject
        return _capture(books, hold, lines=lines, units=hold.units if units is None else units)


def release_hold(*, key: str) -> Hold | None:
    """Give back what is set aside under `key`. Repeatable; a captured hold stays captured; without a hold None."""
    with open_books(ask_hold_and_lines(key)) as books:
        hold: Hold | None
        hold, lines = books.answers[0]
        if hold and hold.state == Hold.State.HELD:
            release_open_hold(books, hold, lines=lines)
        return hold


def release_open_hold(books: Books, hold: Hold, *, lines: list[DrawLine]) -> None:
    """Release a hold that is open under the books' lock, with the lines that it drew."""
    _return_lines(books, hold, lines=lines, units=hold.units)
    _close_hold(books, hold, state=Hold.State.RELEASED)


def _capture(books: Books, hold: Hold, *, lines: list[DrawLine], units: int) -> Charge:
    if not 0 < units <= hold.units:
        raise ValueError(f"{units} of {hold.units} held units cannot be captured")
    taken, returned = split_lines(lines, units=units, held_units=hold.units, unit_credits=hold.unit_credits)
    post_lines(books, hold=hold, kind=Entry.Kind.CAPTURE, lines=taken, units=units)
    if units < hold.units:
        _return_lines(books, hold, lines=returned, units=hold.units - units)
    hold.captured_units = units
    hold.captured_credits = sum(line.credits for line in taken)
    _close_hold(books, hold, state=Hold.State.CAPTURED)
    return _make_charge(books, hold, lines=taken)


def _read_charge(books: Books, hold: Hold, *, lines: list[DrawLine]) -> Charge:
    taken, _ = split_lines(lines, units=hold.captured_units, held_units=hold.units, unit_credits=hold.unit_credits)
    return _make_charge(books, hold, lines=taken, replayed=True)


def _make_charge(books: Books, hold: Hold, *, lines: list[DrawLine], replayed: bool = False) -> Charge:
    return Charge(
        action=hold.action,
        units=hold.captured_units,
        credits=hold.captured_credits,
        draws=list_sources(lines, units=hold.captured_units, credits=hold.captured_credits),
        balance=books.wallet.balance,
        replayed=replayed,
    )


def split_lines(
    lines: list[DrawLine], *, units: int, held_units: int, unit_credits: int
) -> tuple[list[DrawLine], list[DrawLine]]:
    """The lines that pay for the first `units` in drawing order, and what is left of each line."""
    in_credits = held_units - sum(line.units for line in lines)
    units_left = min(units, held_units - in_credits)
    credits_left = (units - units_left) * unit_credits
    taken, returned = [], []
    for line in lines:
        part_units, part_credits = min(units_left, line.units), min(credits_left, line.credits)
        units_left -= part_units
        credits_left -= part_credits
        taken.append(DrawLine(line.source, part_units, part_credits, line.grant_id))
        returned.append(DrawLine(line.source, line.units - part_units, line.credits - part_credits, line.grant_id))
    return _without_empty(taken), _without_empty(returned)


def _without_empty(lines: list[DrawLine]) -> list[DrawLine]:
    return [line for line in lines if line.units or line.credits]


def _return_lines(books: Books, hold: Hold, *, lines: list[DrawLine], units: int) -> None:
    post_lines(books, hold=hold, kind=Entry.Kind.RELEASE, lines=lines, units=units)
    for line in lines:
        if line.grant_id:
            grant = books.get_grant(line.grant_id)
            books.pay_debts(grant, own=True)
            _replace_expired(books, hold, grant=grant, amount=min(grant.free, line.units + line.credits))
    _uncount(hold, lines=lines, units=units)


def _replace_expired(books: Books, hold: Hold, *, grant: Grant, amount: int) -> None:
    if not amount or not is_expired(grant, at=books.terms.now):
        return
    name = f"{grant.pk}:hold:{hold.pk}"
    books.lapse(grant, amount=amount, kind=Entry.Kind.EXPIRE, about=f":hold:{hold.pk}")
    returned = Grant(
        unit=grant.unit,
        amount=amount,
        origin=Grant.Origin.REFUND,
        priority=PRIORITIES[Grant.Origin.REFUND],
        effective_at=books.terms.now,
        expires_at=books.terms.now + RETURNED_FOR,
        source_key=f"returned:{name}",
    )
    books.add_grant(returned, hold=hold, subject_type=hold.subject_type, subject_label=hold.subject_label)


def _uncount(hold: Hold, *, lines: list[DrawLine], units: int) -> None:
    counters = UsageCounter.objects.filter(period_start=hold.period_start, member_id=hold.member_id, action=hold.action)
    counters.update(
        units=F("units") - units,
        allowance_units=F("allowance_units") - _count(lines, Source.ALLOWANCE),
        free_units=F("free_units") - _count(lines, Source.FREE),
        credits=F("credits") - sum(line.credits for line in lines),
    )


def _count(lines: list[DrawLine], source: Source) -> int:
    return sum(line.units for line in lines if line.source == source)


def _close_hold(books: Books, hold: Hold, *, state: Hold.State) -> None:
    hold.state = state
    hold.settled_at = books.terms.now
    books.writes += HOLDS.update([hold], _CLOSED)
