"""Billing periods: month ends, leap years, clocks that change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.credits.selectors import get_month, get_period

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 20 * 366 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("anchor", "moment", "start", "end"),
    [
        ("2026-01-15T10:00:00", "2026-11-22T09:00:00", "2026-11-15T10:00:00", "2026-12-15T10:00:00"),
        ("2026-01-15T10:00:00", "2026-11-15T09:59:59", "2026-10-15T10:00:00", "2026-11-15T10:00:00"),
        ("2026-01-15T10:00:00", "2026-11-15T10:00:00", "2026-11-15T10:00:00", "2026-12-15T10:00:00"),
        ("2026-01-31T00:00:00", "2026-02-15T00:00:00", "2026-01-31T00:00:00", "2026-02-28T00:00:00"),
        ("2026-01-31T00:00:00", "2026-03-01T00:00:00", "2026-02-28T00:00:00", "2026-03-31T00:00:00"),
        ("2026-01-31T00:00:00", "2026-04-30T00:00:00", "2026-04-30T00:00:00", "2026-05-31T00:00:00"),
        ("2026-01-30T00:00:00", "2028-02-29T12:00:00", "2028-02-29T00:00:00", "2028-03-30T00:00:00"),
        ("2024-02-29T08:00:00", "2025-02-28T08:00:00", "2025-02-28T08:00:00", "2025-03-29T08:00:00"),
        ("2024-02-29T08:00:00", "2028-02-29T07:59:59", "2028-01-29T08:00:00", "2028-02-29T08:00:00"),
        ("2026-12-31T23:59:59", "2027-01-01T00:00:00", "2026-12-31T23:59:59", "2027-01-31T23:59:59"),
        ("2026-05-10T00:00:00", "2026-01-01T00:00:00", "2025-12-10T00:00:00", "2026-01-10T00:00:00"),
    ],
)
def test_a_period_is_counted_from_the_anchor(anchor, moment, start, end):
    period = get_period(anchor=at(anchor), at=at(moment))

    assert (period.start, period.end) == (at(start), at(end))


def test_a_clock_change_moves_no_period():
    berlin = ZoneInfo("Europe/Berlin")
    anchor = datetime(2026, 2, 28, 2, 30, tzinfo=berlin)
    before = get_period(anchor=anchor, at=datetime(2026, 3, 29, 1, 59, tzinfo=berlin))
    after = get_period(anchor=anchor, at=datetime(2026, 3, 29, 3, 1, tzinfo=berlin))

    assert before == after
    assert (before.end - before.start) == timedelta(days=31)
    assert get_period(anchor=anchor, at=datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=berlin)) == get_period(
        anchor=anchor, at=datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=berlin)
    )


@given(anchor=MOMENTS, moment=MOMENTS)
def test_periods_tile_time_without_gap_or_overlap(anchor, moment):
    period = get_period(anchor=anchor, at=moment)

    assert period.start <= moment < period.end
    assert get_period(anchor=anchor, at=period.start) == period
    assert get_period(anchor=anchor, at=period.end - timedelta(microseconds=1)) == period
    assert get_period(anchor=anchor, at=period.end).start == period.end
    assert 28 <= (period.end - period.start).days <= 31


@given(moment=MOMENTS)
def test_a_month_is_the_calendars(moment):
    month = get_month(at=moment)

    assert month.start <= moment < month.end
    assert (month.start.day, month.end.day) == (1, 1)
    assert month.key.startswith(moment.strftime("%Y-%m-01T00:00:00Z"))


def test_statistics_count_by_utc_whatever_the_clock_on_the_wall():
    new_york = datetime(2026, 10, 31, 23, 0, tzinfo=ZoneInfo("America/New_York"))

    assert get_month(at=new_york).start == at("2026-11-01T00:00:00")
