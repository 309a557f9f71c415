"""Where the units and credits went over some months: sums that the database makes of the ledger's captures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from apps.accounts.models import User
from apps.credits.models import CREDITS, Entry

from .caching import USAGE_SECONDS, read_cached
from .periods import Period, add_months, get_month
from .pricing import get_labels
from .usage import describe_member


@dataclass(frozen=True)
class _Sum:
    """What a member spent on an action in a calendar month."""

    month: datetime
    action: str
    member_id: int | None
    units: int
    credits: int


def get_spending(*, since: datetime, until: datetime) -> dict[str, Any]:
    """What was spent from `since` up to, not including, `until`; cached for an hour or until a change. Two queries.

    `{since, until, units, credits, by_action: [{action, label, units, credits}], by_member: [{member, units, credits}],
    by_month: [{month, units, credits, actions: {action: {units, credits}}}]}`. The most credits, then units, come
    first; months (UTC) come in order, those without spending with zeros. Each list sums to the totals. What is given
    back later (reversals) is not subtracted: it is an entry of its own.
    """
    key = f"spending:{since.isoformat()}:{until.isoformat()}"
    return read_cached(key, ttl=USAGE_SECONDS, make=lambda: _compute(since, until))


def get_span(*, months: int, last: str = "") -> Period:
    """The first moment of so many calendar months (UTC) up to and including `last` ("2026-11", default now), and the
    last one's end.
    """
    at = datetime.strptime(last, "%Y-%m").replace(tzinfo=UTC) if last else timezone.now()
    month = get_month(at=at)
    return Period(start=add_months(month.start, 1 - months), end=month.end)


def _compute(since: datetime, until: datetime) -> dict[str, Any]:
    sums = _list_sums(since, until)
    labels = get_labels()
    return {
        "since": since,
        "until": until,
        **_total(sums),
        "by_action": _rank(
            {"action": action, "label": labels.get(action, action), **_total(rows)}
            for action, rows in _group(sums, "action").items()
        ),
        "by_member": _rank_members(sums),
        "by_month": [_describe_month(month, sums) for month in _list_months(since, until)],
    }


def _list_sums(since: datetime, until: datetime) -> list[_Sum]:
    captures = Entry.objects.filter(kind=Entry.Kind.CAPTURE, unit=CREDITS, at__gte=since, at__lt=until)
    months = captures.order_by().annotate(month=TruncMonth("at", tzinfo=UTC)).values("month", "action", "member_id")
    rows = months.annotate(used_units=Sum("units"), spent=-Sum("amount"))
    return [
        _Sum(row["month"], row["action"], row["member_id"], units=row["used_units"], credits=row["spent"])
        for row in rows
    ]


def _rank_members(sums: list[_Sum]) -> list[dict[str, Any]]:
    groups = _group(sums, "member_id")
    members = User.objects.in_bulk([member_id for member_id in groups if member_id])
    return _rank({"member": describe_member(members.get(key)), **_total(rows)} for key, rows in groups.items())


def _rank(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (-row["credits"], -row["units"], str(row)))


def _describe_month(month: Period, sums: list[_Sum]) -> dict[str, Any]:
    rows = [row for row in sums if row.month == month.start]
    actions = {action: _total(group) for action, group in sorted(_group(rows, "action").items())}
    return {"month": month.start.strftime("%Y-%m"), **_total(rows), "actions": actions}


def _list_months(since: datetime, until: datetime) -> list[Period]:
    months = [get_month(at=since)]
    while months[-1].end < until:
        months.append(get_month(at=months[-1].end))
    return months


def _group(sums: Iterable[_Sum], name: str) -> dict[Any, list[_Sum]]:
    groups: dict[Any, list[_Sum]] = {}
    for row in sums:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups


def _total(sums: Iterable[_Sum]) -> dict[str, int]:
    rows = list(sums)
    return {"units": sum(row.units for row in rows), "credits": sum(row.credits for row in rows)}
