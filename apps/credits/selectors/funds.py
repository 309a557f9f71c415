"""What the current team can draw on for an act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.trips import Ask, Row, Statement, Table, ask, ask_together
from apps.credits.models import CREDITS, Entry, Grant, UsageCounter

from .cycling import advance
from .drawing import Funds, Lot
from .lots import drawing_order, is_expired
from .periods import Period
from .terms import Terms, ask_terms, name_clock, name_latest

GRANTS, COUNTERS = Table(Grant), Table(UsageCounter)


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


def ask_open_grants() -> Ask[list[Grant]]:
    """Every grant with something left, and the plan's own that run, even when they are used up."""
    is_running = f"(origin = 'plan' AND expires_at > {name_clock()})"
    return ask(GRANTS.read_all, GRANTS.select(f"WHERE remaining > 0 OR {is_running} ORDER BY priority, expires_at, id"))


def read_funds(*asks: Ask[Any]) -> list[Any]:
    """The terms, the open grants as they will be once the cycle is up to date, and what else is asked, in one query."""
    now, grants, *answers = ask_together(ask_terms(), ask_open_grants(), *asks)
    return [now, preview_grants(now, grants), *answers]


def preview_grants(terms: Terms, grants: list[Grant]) -> list[Grant]:
    """The open grants as they will be once the cycle is up to date; writes nothing."""
    preview = Preview(grants, debts=terms.debts)
    advance(preview, terms, stand=terms.stand)
    return [grant for grant in preview.grants if grant.remaining and not is_expired(grant, at=terms.now)]


def is_behind(terms: Terms, grants: list[Grant]) -> bool:
    """Whether bringing the wallet up to date would write anything. No query."""
    preview = Preview(grants, debts=terms.debts)
    stand = advance(preview, terms, stand=terms.stand)
    return preview.is_behind or stand != terms.stand


@dataclass(frozen=True)
class Counters:
    """The latest counters of some actions, and all counters and caps of one member."""

    rows: list[UsageCounter]
    caps: dict[str, int]
    member: User | None

    def count(self, action: str, *, period: Period) -> Usage:
        """The use in a period of one of the actions these counters were read for."""
        rows = [row for row in self.rows if row.period_start == period.start]
        of_action = [row for row in rows if row.action == action]
        of_member = [row for row in rows if self.member and row.member_id == self.member.pk]
        return Usage(
            allowance_units=sum(row.allowance_units for row in of_action),
            free_units=sum(row.free_units for row in of_action),
            member_units=sum(row.units for row in of_member if row.action == action),
            member_credits=sum(row.credits for row in of_member),
            caps=self.caps,
        )


def ask_counters(*, actions: Collection[str], member: User | None) -> Ask[Counters]:
    """Counters of some actions and all of one member, whatever the current period is."""
    member_id = member.pk if member else None

    def read(counters: list[Row], caps: list[Row]) -> Counters:
        return Counters(COUNTERS.read_all(counters), dict(caps), member)

    return ask(
        read,
        COUNTERS.select(f"WHERE {name_latest()} AND (action = ANY(%s) OR member_id = %s)", list(actions), member_id),
        Statement('SELECT unit, "limit" FROM credits_membercap WHERE member_id = %s', [member_id]),
    )


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
