"""Writing the rollups that the operator's statistics are read from."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.teams.models import TeamRollup
from apps.teams.selectors import RollupKey, get_month_day


@transaction.atomic
def store_rollups(
    *, team_id: int, metrics: Collection[str], figures: Mapping[RollupKey, int], since: date | None = None
) -> None:
    """Make the team's rollups of `metrics` (from the month `since` on) exactly `figures`; what is not in them goes.

    Repeatable. Past months that did not change are left alone; the current month's say when they were counted last.
    Whoever may count one team twice at once holds a lock of the team's own.
    """
    now = timezone.now()
    scope = TeamRollup.objects.filter(team_id=team_id, metric__in=metrics)
    known = {(row.month, row.metric, row.unit): row for row in (scope.filter(month__gte=since) if since else scope)}
    gone = [row.pk for key, row in known.items() if key not in figures]
    current = get_month_day(now)
    changed = [
        TeamRollup(team_id=team_id, month=month, metric=metric, unit=unit, value=value, computed_at=now)
        for (month, metric, unit), value in figures.items()
        if month == current or (month, metric, unit) not in known or known[month, metric, unit].value != value
    ]
    TeamRollup.objects.filter(pk__in=gone).delete()
    TeamRollup.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["team", "month", "metric", "unit"],
        update_fields=["value", "computed_at"],
    )
