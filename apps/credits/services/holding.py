"""Setting the price of an act aside."""

from datetime import timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.db.models import F

from apps.accounts.models import User
from apps.credits.errors import KeyReused
from apps.credits.models import Entry, Hold, HoldDraw, UsageCounter
from apps.credits.selectors.drawing import Draw, Source
from apps.credits.selectors.funds import read_counters
from apps.credits.selectors.quoting import Offer, check_offer, make_offer
from apps.plans.models import PriceRule
from apps.plans.selectors import get_price

from .books import Books, open_books
from .posting import post_lines
from .sweeping import release_abandoned

# How long a hold stands unquestioned. After that the sweeper releases it unless its job still runs.
HOLD_LIFETIME = timedelta(minutes=30)
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
    price = get_price(action)
    with open_books() as books:
        if hold := Hold.objects.exclude(state=Hold.State.RELEASED).filter(key=key).first():
            return _same_hold(hold, action=action, units=units)
        offer = _make_offer(books, price=price, units=units, member=member)
        if not offer.draw.is_covered and release_abandoned(books):
            offer = _make_offer(books, price=price, units=units, member=member)
        check_offer(offer, max_credits=context.get("max_credits"))
        return _place_hold(books, offer=offer, key=key, member=member, context=context)


def bind_hold(*, key: str, job_id: UUID) -> None:
    """Tell an open hold which job does its work, so that the sweeper waits for that job."""
    Hold.objects.filter(key=key, state=Hold.State.HELD).update(job_id=job_id)


def _make_offer(books: Books, *, price: PriceRule, units: int, member: User) -> Offer:
    counters = read_counters(books.terms, actions=[price.action], member=member)
    return make_offer(books.terms, price=price, units=units, counters=counters, grants=books.grants.values())


def _same_hold(hold: Hold, *, action: str, units: int) -> Hold:
    if (hold.action, hold.units) != (action, units):
        raise KeyReused(details={"key": hold.key, "action": hold.action, "units": hold.units})
    return hold


def _place_hold(books: Books, *, offer: Offer, key: str, member: User, context: HoldContext) -> Hold:
    subject_type, subject_label = context.get("subject", ("", ""))
    draw = offer.draw
    hold = Hold.objects.create(
        key=key,
        action=offer.action,
        units=draw.units,
        unit_credits=draw.unit_credits,
        credits=draw.credits,
        subject_type=subject_type,
        subject_label=subject_label,
        member=member,
        job_id=context.get("job_id"),
        period_start=books.terms.period.start,
        expires_at=books.terms.now + HOLD_LIFETIME,
        created_at=books.terms.now,
    )
    HoldDraw.objects.bulk_create(
        HoldDraw(
            hold=hold,
            position=position,
            source=line.source,
            grant_id=line.grant_id,
            units=line.units,
            credits=line.credits,
        )
        for position, line in enumerate(draw.lines)
    )
    _count(books, draw=draw, action=offer.action, member=member)
    post_lines(books, hold=hold, kind=Entry.Kind.HOLD, lines=draw.lines, units=draw.units)
    return hold


def _count(books: Books, *, draw: Draw, action: str, member: User) -> None:
    used = {
        "units": draw.units,
        "allowance_units": draw.count(Source.ALLOWANCE),
        "free_units": draw.count(Source.FREE),
        "credits": draw.credits,
    }
    row = {"period_start": books.terms.period.start, "member": member, "action": action}
    more = {name: F(name) + value for name, value in used.items()}
    if not UsageCounter.objects.filter(**row).update(**more):
        UsageCounter.objects.create(**row, **used)
