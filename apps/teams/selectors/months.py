"""Calendar months as rollups name them."""

from datetime import UTC, date, datetime

# What names a rollup of a team: month (its first day), metric, unit.
RollupKey = tuple[date, str, str]


def get_month_day(moment: datetime) -> date:
    """The first day of the moment's calendar month, in UTC."""
    return moment.astimezone(UTC).date().replace(day=1)
