"""Time in the fake: real, shifted by tests, or frozen by a test clock; and the arithmetic of billing periods."""

import calendar
import time
from datetime import UTC, datetime

HOUR, DAY = 3600, 86_400


class Clock:
    """The fake's own time. It runs with the real one, `shift` seconds ahead; while time is let pass it stands."""

    def __init__(self) -> None:
        self.shift = 0
        self.standing: int | None = None
        self.seen = int(time.time())  # up to when what was due has been done

    def now(self) -> int:
        return self.standing if self.standing is not None else int(time.time()) + self.shift

    def stand(self, moment: int) -> None:
        self.standing = moment

    def run_from(self, moment: int) -> None:
        self.standing = None
        self.seen = moment
        self.shift = moment - int(time.time())


def add_interval(anchor: int, interval: str, count: int) -> int:
    """`count` days, weeks, months or years after `anchor`; the 31st becomes the last day of a shorter month."""
    if interval in {"day", "week"}:
        return anchor + count * DAY * (7 if interval == "week" else 1)
    start = datetime.fromtimestamp(anchor, UTC)
    months = start.year * 12 + start.month - 1 + count * (12 if interval == "year" else 1)
    year, month = divmod(months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return int(start.replace(year=year, month=month + 1, day=day).timestamp())


def next_boundary(anchor: int, interval: str, count: int, *, after: int) -> int:
    """The first end of a period later than `after`, counted from the anchor, so that the 31st comes back."""
    step = 1
    while (end := add_interval(anchor, interval, step * count)) <= after:
        step += 1
    return end


def say_day(moment: int) -> str:
    """As invoices write it: 25 Nov 2026."""
    day = datetime.fromtimestamp(moment, UTC)
    return f"{day.day} {day:%b %Y}"
