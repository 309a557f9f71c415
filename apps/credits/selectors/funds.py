"""What the current team can draw on for an act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from apps.accounts.models import User
from apps.credits.models import CREDITS, Entry, Grant, MemberCap, UsageCounter

from .cycling import advance, get_plan_key
from .drawing import Funds, Lot
from .lots import drawing_order, is_expired
from .terms import Terms


@dataclass(frozen=True)
class Usage:
    """What is used or under way of one action in the current period, by the team and by one member."""

    allowance_units: int = 0
    free_units: int = 0
    member_units: int = 0
    member_credits: int = 0
    caps: dict[str, int] = field(default_factory=dict)


class Preview:
    """The grants as the cycle would leave them. What it brings has ids below zero and is never stored.

    It settles `debts`, which belong to the terms of the moment, as the books would.
    """

    def __init__(self, grants: list[Grant], *, debts: dict[str, int]) -> None:
        self.grants = grants
        self.debts = debts
        self.is_behind = False

    def list_grants(self) -> list[Grant]:
        return list(self.grants)

    def has_grant(self, source_key: str) -> bool:
        return any(grant.source_key == source_key for grant in self.grants)

    def lapse(self, grant: Grant, *, amount: int, kind: Entry.Kind) -> None:
        grant.remaining -= amount
        self.is_behind = True

    def add_grant(self, grant: Grant, **about: Any) -> Grant:
        grant.pk = -1 - len(self.grants)
        paid = min(grant.remaining, self.debts.get(grant.unit, 0))
        grant.remaining -= paid
        if paid:
            self.debts[grant.unit] -= paid
        self.grants.append(grant)
        self.is_behind = True
        return grant


def list_open_grants(terms: Terms) -> list[Grant]:
    """Every grant with something left, and the current period's plan grant even when it is used up."""
    return list(Grant.objects.filter(Q(remaining__gt=0) | Q(source_key=get_plan_key(terms.period))))


def preview_grants(terms: Terms) -> list[Grant]:
    """The open grants as they will be once the cycle is up to date; writes nothing."""
    preview = Preview(list_open_grants(terms), debts=terms.debts)
    advance(preview, terms, stand=terms.stand)
    return [grant for grant in preview.grants if grant.remaining and not is_expired(grant, at=terms.now)]


def is_behind(terms: Terms) -> bool:
    """Whether bringing the wallet up to date would write anything. One query."""
    preview = Preview(list_open_grants(terms), debts=terms.debts)
    stand = advance(preview, terms, stand=terms.stand)
    return preview.is_behind or stand != terms.stand


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
