"""What the current team agreed to, as of now."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models
from django.db.models import Func

from apps.plans.models import PlanVersion
from apps.teams.models import Team

from .periods import Period, get_period

CLOCK = "clock_timestamp"


@dataclass(frozen=True)
class Terms:
    """The team of the current schema, its plan, the database's clock and the billing period around it."""

    team: Team
    plan: PlanVersion
    now: datetime
    period: Period


def read_terms() -> Terms:
    """One query, never cached. Called after the wallet is locked it sees what was committed while waiting.

    The clock is `clock_timestamp()`: the transaction's own start may lie before a grant made while it waited.
    """
    now = Func(function=CLOCK, output_field=models.DateTimeField())
    teams = Team.objects.select_related("plan_version__plan").annotate(clock=now)
    team = teams.get(schema_name=connection.schema_name)  # type: ignore[attr-defined]
    clock: datetime = team.clock
    return Terms(
        team=team,
        plan=team.plan_version,
        now=clock,
        period=get_period(anchor=team.billing_anchor_at, at=clock),
    )
