"""Setting the price of an act aside."""

from datetime import timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from apps.accounts.models import User
from apps.core.trips import Statement, ask_together
from apps.credits.errors import KeyReused
from apps.credits.models import Entry, Hold
from apps.credits.selectors.drawing import Draw, Source
from apps.credits.selectors.funds import Counters, ask_counters
from apps.credits.selectors.holds import DRAWS, HOLDS, ask_hold, ask_next_id
from apps.credits.selectors.quoting import Offer, check_offer, make_offer
from apps.plans.models import PriceRule
from apps.plans.selectors import ask_price

from .books import Books, open_books
from .noticing import Level, note_level
from .posting import post_lines
from .sweeping import release_abandoned

# How long a hold stands unquestioned. After that the sweeper releases it unless its job still runs.
HOLD_LIFETIME = timedelta(minutes=30)
COUNT = """
INSERT INTO credits_usagecounter AS used (period_start, member_id, action, units, allowance_units, free_units, credits)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (period_start, member_id, action) DO UPDATE SET
  units = used.units + excluded.units,
  allowance_units = used.allowance_units + excluded.allowance_units,
  free_units = used.free_units + excluded.free_units,
  credits = used.credits + excluded.credits
"""
Subject = tuple[str, str]


class HoldContext(TypedDict, total=False):
    """What else a hold may carry: the job that does the work, what it is about, and the most the caller will pay."""

    job_id: UUID | None
    subject: Subject
    max_credits: int | None


def hold_credits(*, action: str, units: int = 1, key: str, member: User, **context: Unpack[HoldContext]) -> Hold:
    """Set aside the price of `units` of `action` from the current team's wallet, at most once per `key`.

    A repeated call with the same action and units returns the first hold, held or captured; with others it raises
    `KeyReused`. A key whose hold was released can be held again. Refusals, in this order and with nothing changed:
    `PlanFeatureNotIncluded`, `MemberCapReached`, `InsufficientCredits` or `AllowanceUsed`, `PriceChanged`.
    """
    if units < 1:
        raise ValueError("units must be positive")
    asked = ask_counters(actions=[action], member=member)
    with open_books(ask_hold(key), ask_next_id(), ask_price(action), asked) as books:
        hold, hold_id, price, counters = books.answers
        if hold and hold.state != Hold.State.RELEASED:
            return _same_hold(hold, action=action, units=units)
        offer = _make_offer(books, price=price, units=units, counters=counters)
        if not offer.draw.is_covered and release_abandoned(books):
            (counters,) = ask_together(asked)
            offer = _make_offer(books, price=price, units=units, counters=counters)
        check_offer(offer, max_credits=context.get("max_credits"))
        hold = _describe_hold(books, offer=offer, key=key, member=member, context=context)
        placed = _place_hold(books, hold, hold_id=hold_id, draw=offer.draw)
        _watch(books, offer=offer)
        return placed


def bind_hold(*, key: str, job_id: UUID) -> None:
    """Tell an open hold which job does its work, so that the sweeper waits for that job."""
    Hold.objects.filter(key=key, state=Hold.State.HELD).update(job_id=job_id)


def _make_offer(books: Books, *, price: PriceRule, units: int, counters: Counters) -> Offer:
    return make_offer(books.terms, price=price, units=units, counters=counters, grants=books.grants.values())


def _same_hold(hold: Hold, *, action: str, units: int) -> Hold:
    if (hold.action, hold.units) != (action, units):
        raise KeyReused(details={"key": hold.key, "action": hold.action, "units": hold.units})
    return hold


def _describe_hold(books: Books, *, offer: Offer, key: str, member: User, context: HoldContext) -> Hold:
    subject_type, subject_label = context.get("subject", ("", ""))
    return HOLDS.new(
        key=key,
        action=offer.action,
        units=offer.draw.units,
        unit_credits=offer.draw.unit_credits,
        credits=offer.draw.credits,
        subject_type=subject_type,
        subject_label=subject_label,
        member_id=member.pk,
        job_id=context.get("job_id"),
        period_start=books.terms.period.start,
        expires_at=books.terms.now + HOLD_LIFETIME,
        created_at=books.terms.now,
    )


def _place_hold(books: Books, hold: Hold, *, hold_id: int, draw: Draw) -> Hold:
    hold.pk, hold._state.adding = hold_id, False
    draws = [
        DRAWS.new(
            hold_id=hold_id,
            position=position,
            source=line.source,
            grant_id=line.grant_id,
            units=line.units,
            credits=line.credits,
        )
        for position, line in enumerate(draw.lines)
    ]
    books.writes += [*HOLDS.insert([hold], with_key=True), *DRAWS.insert(draws), _count(hold, draw)]
    post_lines(books, hold=hold, kind=Entry.Kind.HOLD, lines=draw.lines, units=draw.units)
    return hold


def _watch(books: Books, *, offer: Offer) -> None:
    """Notice what is low of the act's own units, allowance and bought ones. Credits are watched by the books."""
    whole = books.terms.plan.allowances.get(offer.action, 0)
    left = whole - offer.usage.allowance_units - offer.draw.count(Source.ALLOWANCE)
    bought = books.count_bought(offer.action)
    note_level(books.terms, Level(offer.action, left=max(0, left) + bought, whole=whole))


def _count(hold: Hold, draw: Draw) -> Statement:
    units = draw.units, draw.count(Source.ALLOWANCE), draw.count(Source.FREE)
    return Statement(COUNT, [hold.period_start, hold.member_id, hold.action, *units, draw.credits])
