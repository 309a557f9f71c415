"""What was spent in a calendar month (UTC), from the ledger's own captures."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncDate

from apps.accounts.models import User
from apps.credits.models import CREDITS, Entry
from apps.plans.selectors import list_prices

from .caching import USAGE_SECONDS, read_cached
from .periods import Period, get_month

_SUMS = {"used_units": Sum("units"), "spent": -Sum("amount")}


def get_monthly_usage(*, month: datetime) -> dict[str, Any]:
    """Units and credits of a month in total, by action, by member and by day; cached for an hour or until a change.

    Days without spending are in `by_day` with zeros, up to the month's last day, so that a chart needs nothing else.
    """
    period = get_month(at=month)
    return read_cached(f"usage:{period.key}", ttl=USAGE_SECONDS, make=lambda: _compute_usage(period))


def _compute_usage(period: Period) -> dict[str, Any]:
    spends = Entry.objects.filter(
        kind=Entry.Kind.CAPTURE, unit=CREDITS, at__gte=period.start, at__lt=period.end
    ).order_by()
    labels = {price.action: price.label for price in list_prices()}
    by_action = [
        {"action": row["action"], "label": labels.get(row["action"], row["action"]), **_totals(row)}
        for row in spends.values("action").annotate(**_SUMS).order_by("action")
    ]
    return {
        "month": period.start.strftime("%Y-%m"),
        "units": sum(row["units"] for row in by_action),
        "credits": sum(row["credits"] for row in by_action),
        "by_action": by_action,
        "by_member": _sum_by_member(spends, labels),
        "by_day": _sum_by_day(spends, period),
    }


def _sum_by_member(spends: QuerySet[Entry], labels: dict[str, str]) -> list[dict[str, Any]]:
    rows = list(spends.values("member_id", "action").annotate(**_SUMS).order_by("action"))
    members = User.objects.in_bulk({row["member_id"] for row in rows if row["member_id"]})
    result = [
        {
            "member": describe_member(members.get(row["member_id"])),
            "action": row["action"],
            "label": labels.get(row["action"], row["action"]),
            **_totals(row),
        }
        for row in rows
    ]
    return sorted(result, key=lambda row: (row["member"]["name"] if row["member"] else "", row["action"]))


def _sum_by_day(spends: QuerySet[Entry], period: Period) -> list[dict[str, Any]]:
    sums = spends.annotate(day=TruncDate("at", tzinfo=UTC)).values("day", "action").annotate(**_SUMS)
    days: dict[date, dict[str, Any]] = {}
    first = period.start.date()
    for number in range((period.end.date() - first).days):
        day = first + timedelta(days=number)
        days[day] = {"date": day.isoformat(), "units": 0, "credits": 0, "actions": {}}
    for row in sums:
        totals = _totals(row)
        days[row["day"]]["units"] += totals["units"]
        days[row["day"]]["credits"] += totals["credits"]
        days[row["day"]]["actions"][row["action"]] = totals
    return list(days.values())


def _totals(row: Mapping[str, Any]) -> dict[str, int]:
    return {"units": row["used_units"], "credits": row["spent"]}


def describe_member(user: User | None) -> dict[str, Any] | None:
    """A member as the ledger names him: `{id, name}`; None for what the system did."""
    return {"id": user.pk, "name": user.display_name} if user else None
