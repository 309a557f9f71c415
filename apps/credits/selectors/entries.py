"""Entries of the ledger in the words of people."""

from collections.abc import Mapping
from typing import Any

from apps.credits.models import CREDITS, Entry

from .naming import describe_member
from .words import name_units

ORIGINS = {
    "plan": "Monthly credits",
    "purchase": "Bought",
    "adjustment": "Granted by us",
    "refund": "Returned",
    "rollover": "Carried over",
}
_SOURCES = {"allowance": "Allowance", "free": "Free unit", "bought": "Bought unit", "credits": "Credits"}


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
        "unit": "" if entry.unit == CREDITS else name_units(entry.unit, 2),
        "amount": entry.amount,
        "held_delta": entry.held_delta,
        "balance_after": entry.balance_after,
    }


def _title(entry: Entry, labels: Mapping[str, str]) -> str:
    action = labels.get(entry.action, entry.action)
    if entry.kind == Entry.Kind.GRANT:
        origin = entry.grants[0]["origin"] if entry.grants else ""
        return ORIGINS.get(origin, "Granted")
    if entry.kind == Entry.Kind.CAPTURE:
        return f"{action} × {entry.units}" if entry.units > 1 else action
    return f"{entry.get_kind_display()}: {action}" if action else entry.get_kind_display()
