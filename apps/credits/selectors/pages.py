"""The wallet in the words of its page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from apps.core.numbers import read_number
from apps.credits.models import CREDITS, Entry

from .ledger import EntryFilter, list_activity, list_entries
from .pricing import get_labels
from .usage import describe_member, get_monthly_usage
from .wallets import get_wallet_summary

PAGE_SIZE = 25
_ACTION = re.compile("[a-z_]{1,40}")
# Beyond these the chart's colours repeat: the rest is shown together.
CHART_SERIES = 4
STEPS = "steps"
SHOWN = {"": "What came and went", "capture": "Spent", "grant": "Granted", "expire": "Expired", STEPS: "Every step"}
_GRANTED = {
    "plan": "Monthly credits",
    "purchase": "Bought",
    "adjustment": "Granted by us",
    "refund": "Returned",
    "rollover": "Carried over",
}
_SOURCES = {"allowance": "Allowance", "free": "Free unit", "bought": "Bought unit", "credits": "Credits"}


@dataclass(frozen=True)
class LedgerQuery:
    """What the ledger's form asks for; `before` is the entry number that the page goes on from."""

    show: str = ""
    action: str = ""
    member_id: int | None = None
    before: int | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.show or self.action or self.member_id)

    def as_text(self) -> str:
        """The query string of this page."""
        parts = {"show": self.show, "action": self.action, "member": self.member_id, "before": self.before}
        return urlencode({name: value for name, value in parts.items() if value})


def read_ledger_query(given: Mapping[str, str]) -> LedgerQuery:
    """The form's values; what is not understood does not filter."""
    return LedgerQuery(
        show=given.get("show", "") if given.get("show", "") in SHOWN else "",
        action=given.get("action", "") if _ACTION.fullmatch(given.get("action", "")) else "",
        member_id=read_number(given.get("member", "")),
        before=read_number(given.get("before", "")),
    )


def get_wallet_page() -> dict[str, Any]:
    """Balance by grant, allowances as bars and this month's chart."""
    summary = get_wallet_summary()
    usage = get_monthly_usage(month=timezone.now())
    return {
        "summary": summary,
        "grants": [_describe_grant(grant) for grant in summary["grants"]],
        "allowances": [_describe_allowance(row) for row in summary["allowances"] if row["included"]],
        "usage": usage,
        "chart": _describe_chart(usage),
    }


def get_ledger_page(query: LedgerQuery) -> dict[str, Any]:
    """A page of the ledger: rows, the query of the next page, and what the form shows."""
    labels = get_labels()
    entries = _list_wanted(query)
    if query.before:
        entries = entries.filter(seq__lt=query.before)
    found = list(entries[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    more = replace(query, before=shown[-1].seq).as_text() if len(found) > PAGE_SIZE else ""
    return {
        "rows": [describe_entry(entry, labels) for entry in shown],
        "next": more,
        "query": query,
        "shown": [{"code": code, "label": label} for code, label in SHOWN.items()],
        "actions": [{"code": code, "label": label} for code, label in sorted(labels.items())],
    }


def describe_entry(entry: Entry, labels: Mapping[str, str]) -> dict[str, Any]:
    """An entry as people read it: what happened, what about, who, what paid for it."""
    return {
        "title": _title(entry, labels),
        "at": entry.at,
        "subject": f"@{entry.subject_label}" if entry.subject_type == "profile" else entry.subject_label,
        "reason": entry.reason,
        "member": describe_member(entry.member),
        "paid_by": ", ".join(
            f"{draw['units']} × {_SOURCES[draw['source']].lower()}" if draw["units"] > 1 else _SOURCES[draw["source"]]
            for draw in entry.draws
        ),
        "is_spend": entry.kind == Entry.Kind.CAPTURE,
        "unit": "" if entry.unit == CREDITS else labels.get(entry.unit, entry.unit),
        "amount": entry.amount,
        "held_delta": entry.held_delta,
        "balance_after": entry.balance_after,
    }


def _list_wanted(query: LedgerQuery) -> Any:
    wanted = EntryFilter(action=query.action, member_id=query.member_id)
    if query.show == STEPS:
        return list_entries(wanted)
    return list_activity(replace(wanted, kind=query.show))


def _title(entry: Entry, labels: Mapping[str, str]) -> str:
    action = labels.get(entry.action, entry.action)
    if entry.kind == Entry.Kind.GRANT:
        origin = entry.grants[0]["origin"] if entry.grants else ""
        return _GRANTED.get(origin, "Granted")
    if entry.kind == Entry.Kind.EXPIRE:
        return "Expired"
    if entry.kind == Entry.Kind.CAPTURE:
        return f"{action} × {entry.units}" if entry.units > 1 else action
    return f"{entry.get_kind_display()}: {action}"


def _describe_grant(grant: dict[str, Any]) -> dict[str, Any]:
    unit = "" if grant["unit"] == CREDITS else get_labels().get(grant["unit"], grant["unit"])
    return grant | {"label": _GRANTED[grant["origin"]], "unit": unit}


def _describe_allowance(row: dict[str, Any]) -> dict[str, Any]:
    """The plan's allowance, or, where there is none, the free units; then what a further unit costs."""
    counted = row["allowance"] if row["allowance"]["limit"] else row["free"]
    return {
        "label": row["label"],
        "is_free": not row["allowance"]["limit"],
        "bought": row["bought"],
        "cost": row["your_cost"],
        "taken": counted["used"] + counted["held"],
        **counted,
    }


def _describe_chart(usage: dict[str, Any]) -> dict[str, Any] | None:
    """Units per day of the month so far, by action, for the chart `usage`; None when nothing was used."""
    if not usage["units"]:
        return None
    today = timezone.now().date()
    days = [day for day in usage["by_day"] if date.fromisoformat(day["date"]) <= today]
    ranked = sorted(usage["by_action"], key=lambda row: -row["units"])
    main, rest = ranked[:CHART_SERIES], ranked[CHART_SERIES:]
    if rest:
        main, rest = ranked[: CHART_SERIES - 1], ranked[CHART_SERIES - 1 :]
    series = [{"name": row["label"], "values": _count_days(days, [row["action"]])} for row in main]
    if rest:
        series.append({"name": "Other", "values": _count_days(days, [row["action"] for row in rest])})
    labels = [f"{date.fromisoformat(day['date']):%-d %b}" for day in days]
    return {"labels": labels, "unit": "", "series": series}


def _count_days(days: list[dict[str, Any]], actions: list[str]) -> list[int]:
    return [sum(day["actions"].get(action, {}).get("units", 0) for action in actions) for day in days]
