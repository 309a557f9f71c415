"""What was spent in a calendar month (UTC), from the ledger's own captures."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncDate

from apps.accounts.models import User
from apps.credits.models import CREDITS, Entry

from .caching import USAGE_SECONDS, read_cached
from .naming import describe_member
from .periods import Period, get_month
from .pricing import get_labels


@dataclass(frozen=True)
class Spent:
    """What a member spent on an action on a day."""

    day: date
    action: str
    member_id: int | None
    units: int
    credits: int


def get_monthly_usage(*, month: datetime) -> dict[str, Any]:
    """Units and credits of a month in total, by action, by member and by day; cached for an hour or until a change.

    Days without spending are in `by_day` with zeros, up to the month's last day, so that a chart needs nothing else.
    Two queries.
    """
    period = get_month(at=month)
    return read_cached(f"usage:{period.key}", ttl=USAGE_SECONDS, make=lambda: _compute_usage(period))


def _compute_usage(period: Period) -> dict[str, Any]:
    spends = _list_spends(period)
    labels = get_labels()
    by_action = _group(spends, key=lambda spent: spent.action)
    return {
        "month": period.start.strftime("%Y-%m"),
        **_totals(spends),
        "by_action": [
            {"action": action, "label": labels.get(action, action), **_totals(rows)}
            for action, rows in sorted(by_action.items())
        ],
        "by_member": _describe_members(spends, labels),
        "by_day": _describe_days(spends, period),
    }


def _list_spends(period: Period) -> list[Spent]:
    captures = Entry.objects.filter(kind=Entry.Kind.CAPTURE, unit=CREDITS, at__gte=period.start, at__lt=period.end)
    days = captures.order_by().annotate(day=TruncDate("at", tzinfo=UTC)).values("day", "action", "member_id")
    sums = days.annotate(used_units=Sum("units"), spent=-Sum("amount"))
    return [
        Spent(row["day"], row["action"], row["member_id"], units=row["used_units"], credits=row["spent"])
        for row in sums
    ]


def _describe_members(spends: list[Spent], labels: dict[str, str]) -> list[dict[str, Any]]:
    members = User.objects.in_bulk({spent.member_id for spent in spends if spent.member_id})
    rows = [
        {
            "member": describe_member(members.get(member_id)),
            "action": action,
            "label": labels.get(action, action),
            **_totals(group),
        }
        for (member_id, action), group in _group(spends, key=lambda spent: (spent.member_id, spent.action)).items()
    ]
    return sorted(rows, key=lambda row: (row["member"]["name"] if row["member"] else "", row["action"]))


def _describe_days(spends: list[Spent], period: Period) -> list[dict[str, Any]]:
    by_day = _group(spends, key=lambda spent: spent.day)
    first = period.start.date()
    days = [first + timedelta(days=number) for number in range((period.end.date() - first).days)]
    return [
        {
            "date": day.isoformat(),
            **_totals(by_day.get(day, [])),
            "actions": {
                action: _totals(rows)
                for action, rows in _group(by_day.get(day, []), key=lambda spent: spent.action).items()
            },
        }
        for day in days
    ]


def _group(spends: Iterable[Spent], *, key: Any) -> dict[Any, list[Spent]]:
    groups: dict[Hashable, list[Spent]] = {}
    for spent in spends:
        groups.setdefault(key(spent), []).append(spent)
    return groups


def _totals(spends: list[Spent]) -> dict[str, int]:
    return {"units": sum(spent.units for spent in spends), "credits": sum(spent.credits for spent in spends)}
