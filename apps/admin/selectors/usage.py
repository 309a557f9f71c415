"""What was used over all teams, by month and action, from rollups."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from apps.credits.selectors import USAGE_CREDITS, USAGE_UNITS
from apps.teams.models import TeamRollup
from apps.teams.selectors import get_month_day


def get_usage(*, months: int) -> dict[str, Any]:
    """`{months: [{month, units, credits, actions: [{action, units, credits, teams}]}]}`, oldest first.

    The current month is the last; months without use have zeros. One query; each team's job counts every hour.
    """
    last = get_month_day(timezone.now())
    first = last.year * 12 + last.month - months
    shown = [date(index // 12, index % 12 + 1, 1) for index in range(first, first + months)]
    rows = TeamRollup.objects.filter(metric__in=[USAGE_UNITS, USAGE_CREDITS], month__gte=shown[0], value__gt=0)
    sums = (
        rows.order_by("month", "unit")
        .values("month", "unit")
        .annotate(
            used=Sum("value", filter=Q(metric=USAGE_UNITS), default=0),
            spent=Sum("value", filter=Q(metric=USAGE_CREDITS), default=0),
            teams=Count("team", distinct=True),
        )
    )
    found = defaultdict(list)
    for row in sums:
        action = {"action": row["unit"], "units": row["used"], "credits": row["spent"], "teams": row["teams"]}
        found[row["month"]].append(action)
    return {"months": [_describe(month, found.get(month, [])) for month in shown]}


def _describe(month: date, actions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "month": month,
        "units": sum(one["units"] for one in actions),
        "credits": sum(one["credits"] for one in actions),
        "actions": actions,
    }
