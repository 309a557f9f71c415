"""Billing periods and calendar months. All arithmetic is in UTC, so no clock change shortens or repeats a period."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_BEFORE = timedelta(seconds=1)


@dataclass(frozen=True)
class Period:
    """From `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    @property
    def key(self) -> str:
        """The natural name of a period in ledger keys."""
        return self.start.strftime("%Y-%m-%dT%H:%M:%SZ")


def get_period(*, anchor: datetime, at: datetime) -> Period:
    """The monthly billing period around `at`.

    Each start is counted from the anchor itself and clamped to its month's last day, so a team that began on the 31st
    renews on 28 or 29 February and on 31 March again.
    """
    anchor = anchor.astimezone(UTC).replace(microsecond=0)
    at = at.astimezone(UTC)
    months = (at.year - anchor.year) * 12 + at.month - anchor.month
    turn = add_months(anchor, months)
    if turn > at:
        return Period(start=add_months(anchor, months - 1), end=turn)
    return Period(start=turn, end=add_months(anchor, months + 1))


def list_periods(*, anchor: datetime, after: datetime | None, at: datetime) -> list[Period]:
    """The periods that began after `after` and up to `at`, oldest first; without `after` only the one around `at`."""
    periods = [get_period(anchor=anchor, at=at)]
    while after is not None and periods[0].start > after:
        periods.insert(0, get_period(anchor=anchor, at=periods[0].start - _BEFORE))
    return periods if after is None else periods[1:]


def get_month(*, at: datetime) -> Period:
    """The calendar month around `at`, in UTC: what statistics count by."""
    start = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Period(start=start, end=add_months(start, 1))


def add_months(moment: datetime, months: int) -> datetime:
    """The same day and time some months later or earlier, clamped to the month's last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
