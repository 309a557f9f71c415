"""What the current team agreed to, and where its wallet stands, as of now."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from apps.core.trips import Ask, Row, Statement, Table, ask, ask_together
from apps.credits.models import Wallet
from apps.plans.models import PlanVersion
from apps.plans.selectors import find_version
from apps.teams.models import Team

from .periods import Period, get_period

CLOCK = "clock_timestamp"
TEAMS, WALLETS = Table(Team), Table(Wallet)
_DEBTS = Statement("SELECT unit, debt_remaining FROM credits_revocation WHERE debt_remaining > 0")


@dataclass(frozen=True)
class Stand:
    """How far a wallet was brought: its last period, and whether the credits of that period came."""

    period_start: datetime | None = None
    is_granted: bool = False


@dataclass(frozen=True)
class Terms:
    """The team of the current schema, its plan, the database's clock, the billing period around it, and the wallet's
    stand, held credits and debts by unit."""

    team: Team
    plan: PlanVersion
    now: datetime
    period: Period
    stand: Stand
    wallet: Wallet | None
    debts: dict[str, int]

    @property
    def held(self) -> int:
        return self.wallet.held if self.wallet else 0

    def is_funded(self, period: Period) -> bool:
        """Whether the period's credits are due: nobody bills the team, or it is paid, or its payment is in grace."""
        team = self.team
        if not self.plan.is_paid or team.billing_state == Team.BillingState.GRACE:
            return True
        if team.paid_until is None:
            return team.billing_state == Team.BillingState.CURRENT
        return period.start < team.paid_until


def read_terms() -> Terms:
    """One round trip. Of what it tells only the plan's version, which never changes, may have been read before."""
    terms: Terms = ask_together(ask_terms())[0]
    return terms


def name_clock() -> str:
    """The database's clock in SQL."""
    return f"{CLOCK}()"


def name_latest() -> str:
    """In SQL: that a row's `period_start` may be the current period's. None is longer than 32 days."""
    return f"period_start > {name_clock()} - interval '32 days'"


def ask_terms(*, locking: bool = False) -> Ask[Terms]:
    """The terms, with `locking` as of after the wallet's row was locked: they see what was committed while waiting.

    The clock is `clock_timestamp()`: the transaction's own start may lie before a grant made while it waited.
    """
    schema: str = connection.schema_name  # type: ignore[attr-defined]
    wallet = WALLETS.select("FOR UPDATE" if locking else "")
    return ask(_read, wallet, TEAMS.select("WHERE schema_name = %s", schema, also=name_clock()), _DEBTS)


def _read(wallets: list[Row], teams: list[Row], owed: list[Row]) -> Terms:
    if not teams:
        raise Team.DoesNotExist
    *columns, clock = teams[0]
    wallet, team = WALLETS.read_first(wallets), TEAMS.read(tuple(columns))
    team.plan_version = plan = find_version(team.plan_version_id)
    debts: Counter[str] = Counter()
    for unit, amount in owed:
        debts[unit] += amount
    return Terms(
        team=team,
        plan=plan,
        now=clock,
        period=get_period(anchor=team.billing_anchor_at, at=clock),
        stand=Stand(wallet.period_start, wallet.is_period_granted) if wallet else Stand(),
        wallet=wallet,
        debts=debts,
    )
