"""The daily budgets of a team: counted in one statement, so that parallel requests never overrun them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.discovery.errors import BudgetUsed
from apps.discovery.models import BudgetUse
from apps.teams.models import Team

_SPEND = """
INSERT INTO discovery_budgetuse AS use (kind, day, used) VALUES (%s, %s, 1)
    ON CONFLICT (kind, day) DO UPDATE SET used = use.used + 1 WHERE use.used < %s
RETURNING used
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a team may do today (UTC), and when the day ends."""

    kind: str
    limit: int
    used: int
    day: date

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def reset_seconds(self) -> int:
        """Seconds until the budget is new."""
        tomorrow = datetime.combine(self.day + timedelta(days=1), time(), tzinfo=UTC)
        return max(1, int((tomorrow - timezone.now()).total_seconds()))


def get_limit(*, team: Team, kind: str) -> int:
    budgets = settings.LOOKUP_BUDGETS if kind == BudgetUse.Kind.LOOKUP else settings.REFRESH_BUDGETS
    return int(budgets.get(team.plan_version.plan.code, 0))


def get_budget(*, team: Team, kind: str) -> Budget:
    """Today's budget as it stands, without spending."""
    day = timezone.now().astimezone(UTC).date()
    used = BudgetUse.objects.filter(kind=kind, day=day).values_list("used", flat=True).first() or 0
    return Budget(kind=kind, limit=get_limit(team=team, kind=kind), used=used, day=day)


def spend_budget(*, team: Team, kind: str) -> Budget:
    """Use one of today's budget. Raises `BudgetUsed` (nothing changed) with `Retry-After` when there is none left."""
    limit = get_limit(team=team, kind=kind)
    day = timezone.now().astimezone(UTC).date()
    row = None
    if limit > 0:
        with connection.cursor() as cursor:
            cursor.execute(_SPEND, [kind, day, limit])
            row = cursor.fetchone()
    if row is None:
        used = Budget(kind=kind, limit=limit, used=limit, day=day)
        raise BudgetUsed(details={"kind": kind, "limit": limit}, retry_after=used.reset_seconds)
    return Budget(kind=kind, limit=limit, used=row[0], day=day)
