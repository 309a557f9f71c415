"""What the current team agreed to, and where its wallet stands, as of now."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import Func, Subquery
from django.db.models.functions import JSONObject

from apps.credits.models import Revocation, Wallet
from apps.plans.models import PlanVersion
from apps.teams.models import Team

from .periods import Period, get_period

CLOCK = "clock_timestamp"


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
    held: int
    debts: dict[str, int]

    def is_funded(self, period: Period) -> bool:
        """Whether the period's credits are due: nobody bills the team, or it is paid, or its payment is in grace."""
        team = self.team
        if not self.plan.is_paid or team.billing_state == Team.BillingState.GRACE:
            return True
        if team.paid_until is None:
            return team.billing_state == Team.BillingState.CURRENT
        return period.start < team.paid_until


def read_terms() -> Terms:
    """One query, never cached. Called after the wallet is locked it sees what was committed while waiting.

    The clock is `clock_timestamp()`: the transaction's own start may lie before a grant made while it waited.
    """
    wallet = Wallet.objects.order_by()
    owed = Revocation.objects.filter(debt_remaining__gt=0).order_by()
    teams = Team.objects.select_related("plan_version__plan").annotate(
        clock=Func(function=CLOCK, output_field=models.DateTimeField()),
        wallet_start=Subquery(wallet.values("period_start")),
        wallet_granted=Subquery(wallet.values("is_period_granted")),
        wallet_held=Subquery(wallet.values("held")),
        owed=ArraySubquery(owed.values(row=JSONObject(unit="unit", left="debt_remaining"))),
    )
    team = teams.get(schema_name=connection.schema_name)  # type: ignore[attr-defined]
    clock: datetime = team.clock
    return Terms(
        team=team,
        plan=team.plan_version,
        now=clock,
        period=get_period(anchor=team.billing_anchor_at, at=clock),
        stand=Stand(team.wallet_start, bool(team.wallet_granted)),
        held=team.wallet_held or 0,
        debts=_sum_debts(team.owed),
    )


def _sum_debts(rows: list[dict[str, int | str]]) -> dict[str, int]:
    debts: dict[str, int] = {}
    for row in rows:
        debts[str(row["unit"])] = debts.get(str(row["unit"]), 0) + int(row["left"])
    return debts
