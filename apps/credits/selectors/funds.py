"""What the current team can draw on for an act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from apps.accounts.models import User
from apps.credits.models import CREDITS, Grant, MemberCap, UsageCounter

from .drawing import Funds, Lot
from .terms import Terms

PRIORITIES = {
    Grant.Origin.REFUND: 10,
    Grant.Origin.ROLLOVER: 15,
    Grant.Origin.PLAN: 20,
    Grant.Origin.ADJUSTMENT: 30,
    Grant.Origin.PURCHASE: 50,
}


@dataclass(frozen=True)
class Usage:
    """What is used or under way of one action in the current period, by the team and by one member."""

    allowance_units: int = 0
    free_units: int = 0
    member_units: int = 0
    member_credits: int = 0
    caps: dict[str, int] = field(default_factory=dict)


def get_plan_key(terms: Terms) -> str:
    """The natural key of a period's credits: however often and by whomever granted, they are granted once."""
    return f"plan:{terms.period.key}"


def make_plan_grant(terms: Terms) -> Grant | None:
    """The credits that the plan brings in this period, not stored."""
    if not terms.plan.monthly_credits:
        return None
    return Grant(
        unit=CREDITS,
        amount=terms.plan.monthly_credits,
        remaining=terms.plan.monthly_credits,
        origin=Grant.Origin.PLAN,
        priority=PRIORITIES[Grant.Origin.PLAN],
        effective_at=terms.period.start,
        expires_at=terms.period.end,
        source_key=get_plan_key(terms),
    )


def list_open_grants(terms: Terms) -> list[Grant]:
    """Every grant with something left, and the current period's plan grant even when it is used up."""
    return list(Grant.objects.filter(Q(remaining__gt=0) | Q(source_key=get_plan_key(terms))))


def preview_grants(terms: Terms) -> list[Grant]:
    """The open grants as they will be once the period's credits are there and what expired is gone; writes nothing."""
    grants = list_open_grants(terms)
    due = make_plan_grant(terms)
    if due and all(grant.source_key != due.source_key for grant in grants):
        grants.append(due)
    return [grant for grant in grants if not is_expired(grant, at=terms.now)]


def is_expired(grant: Grant, *, at: datetime) -> bool:
    return grant.expires_at is not None and grant.expires_at <= at


@dataclass(frozen=True)
class Counters:
    """The period's counters of some actions, and all counters and caps of one member."""

    rows: tuple[UsageCounter, ...]
    caps: dict[str, int]
    member: User | None

    def count(self, action: str) -> Usage:
        """The use of one of the actions these counters were read for."""
        of_action = [row for row in self.rows if row.action == action]
        of_member = [row for row in self.rows if self.member and row.member_id == self.member.pk]
        return Usage(
            allowance_units=sum(row.allowance_units for row in of_action),
            free_units=sum(row.free_units for row in of_action),
            member_units=sum(row.units for row in of_member if row.action == action),
            member_credits=sum(row.credits for row in of_member),
            caps=self.caps,
        )


def read_counters(terms: Terms, *, actions: Collection[str], member: User | None) -> Counters:
    """Two queries for any number of actions; one without a member."""
    wanted = Q(action__in=actions) | Q(member=member) if member else Q(action__in=actions)
    rows = UsageCounter.objects.filter(wanted, period_start=terms.period.start)
    caps = dict(MemberCap.objects.filter(member=member).values_list("unit", "limit")) if member else {}
    return Counters(rows=tuple(rows), caps=caps, member=member)


def make_funds(terms: Terms, *, action: str, grants: Iterable[Grant], usage: Usage, free_per_period: int) -> Funds:
    """Put together what may pay for `action` now, in drawing order: priority, then soonest expiry, then oldest."""
    usable = sorted((grant for grant in grants if _is_usable(grant, at=terms.now)), key=drawing_order)
    return Funds(
        allowance=max(0, terms.plan.allowances.get(action, 0) - usage.allowance_units),
        free=max(0, free_per_period - usage.free_units),
        bought=tuple(Lot(grant.pk, grant.free) for grant in usable if grant.unit == action),
        credits=tuple(Lot(grant.pk, grant.free) for grant in usable if grant.unit == CREDITS),
    )


def _is_usable(grant: Grant, *, at: datetime) -> bool:
    return grant.free > 0 and grant.effective_at <= at and not is_expired(grant, at=at)


def drawing_order(grant: Grant) -> tuple[int, float, float]:
    """Priority, then soonest expiry, then oldest."""
    expiry = grant.expires_at.timestamp() if grant.expires_at else float("inf")
    return grant.priority, expiry, grant.pk or float("inf")
