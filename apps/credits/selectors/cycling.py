"""What a billing cycle does to a wallet: the same steps for the books, which write, and a preview, which does not."""

from datetime import datetime
from typing import Any, Protocol

from django.db.models import Sum

from apps.credits.models import CREDITS, Entry, Grant

from .lots import PRIORITIES, drawing_order, is_expired
from .periods import Period, list_periods
from .terms import Stand, Terms


class Sheet(Protocol):
    """Where the steps are put down."""

    def list_grants(self) -> list[Grant]:
        """Every grant with something left."""

    def has_grant(self, source_key: str) -> bool:
        """Whether something was ever granted under the key."""

    def lapse(self, grant: Grant, *, amount: int, kind: Entry.Kind) -> None:
        """Take what a grant has left at its end: expired or carried over."""

    def add_grant(self, grant: Grant, **about: Any) -> Grant:
        """Put a new grant in."""


def advance(sheet: Sheet, terms: Terms, *, stand: Stand) -> Stand:
    """Close every period that ended since `stand` and open every one that began, in order, up to now.

    At each period's end leftovers of plan credits, up to the plan's maximum, become a grant that lives one period; the
    rest expires. Then the new period's credits come, if it is paid, in grace, or nobody bills the team; a period that
    began unpaid gets them once it is paid, while it lasts. Nothing is due the second time.
    """
    for period in _list_begun(terms, stand):
        _carry_over(sheet, terms, period=period)
        _expire(sheet, at=period.start)
        stand = _open(sheet, terms, period=period)
    if not stand.is_granted and stand.period_start == terms.period.start:
        stand = _open(sheet, terms, period=terms.period)
    _expire(sheet, at=terms.now)
    return stand


def _list_begun(terms: Terms, stand: Stand) -> list[Period]:
    if stand.period_start == terms.period.start:
        return []
    return list_periods(anchor=terms.team.billing_anchor_at, after=stand.period_start, at=terms.now)


def make_plan_grant(terms: Terms, *, period: Period, amount: int, source_key: str) -> Grant:
    """Plan credits that end with the period, not stored."""
    return _make_grant(Grant.Origin.PLAN, terms, period=period, amount=amount, source_key=source_key)


def describe_plan(terms: Terms) -> dict[str, str]:
    """How the ledger names the plan that brought credits."""
    return {"subject_type": "plan", "subject_label": terms.plan.plan.name}


def sum_plan_credits(period: Period) -> int:
    """The plan credits that were granted for a period so far, upgrades included."""
    grants = Grant.objects.filter(unit=CREDITS, origin=Grant.Origin.PLAN, expires_at=period.end)
    return grants.aggregate(total=Sum("amount"))["total"] or 0


def get_plan_key(period: Period) -> str:
    """The natural key of a period's credits: however often and by whomever granted, they are granted once."""
    return f"plan:{period.key}"


def _open(sheet: Sheet, terms: Terms, *, period: Period) -> Stand:
    amount, source_key = terms.plan.monthly_credits, get_plan_key(period)
    is_due = bool(amount) and terms.is_funded(period)
    if is_due and not sheet.has_grant(source_key):
        grant = make_plan_grant(terms, period=period, amount=amount, source_key=source_key)
        sheet.add_grant(grant, **describe_plan(terms))
    return Stand(period.start, is_granted=is_due)


def _expire(sheet: Sheet, *, at: datetime) -> None:
    for grant in sheet.list_grants():
        if grant.free and is_expired(grant, at=at):
            sheet.lapse(grant, amount=grant.free, kind=Entry.Kind.EXPIRE)


def _carry_over(sheet: Sheet, terms: Terms, *, period: Period) -> None:
    """At the beginning of `period`: what is left of the plan credits that end just now."""
    room = terms.plan.rollover_credits_max
    carried = 0
    for grant in sorted(sheet.list_grants(), key=drawing_order):
        if _is_leftover(grant, ended=period) and (part := min(grant.free, room - carried)):
            sheet.lapse(grant, amount=part, kind=Entry.Kind.ROLLOVER)
            carried += part
    if carried:
        key = f"rollover:{period.key}"
        grant = _make_grant(Grant.Origin.ROLLOVER, terms, period=period, amount=carried, source_key=key)
        sheet.add_grant(grant, **describe_plan(terms))


def _is_leftover(grant: Grant, *, ended: Period) -> bool:
    return grant.unit == CREDITS and grant.origin == Grant.Origin.PLAN and grant.expires_at == ended.start


def _make_grant(origin: Grant.Origin, terms: Terms, *, period: Period, amount: int, source_key: str) -> Grant:
    return Grant(
        unit=CREDITS,
        amount=amount,
        remaining=amount,
        origin=origin,
        priority=PRIORITIES[origin],
        effective_at=period.start,
        expires_at=period.end,
        source_key=source_key,
        created_at=terms.now,
    )
