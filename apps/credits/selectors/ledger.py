"""Reading the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from apps.credits.models import CREDITS, Entry


@dataclass(frozen=True)
class EntryFilter:
    """Which entries to list; what is empty does not filter. `until` is not included; `text` is part of a subject or
    reason, in any case; the amounts are those of the entries, so a spend of 25 is -25.
    """

    action: str = ""
    kind: str = ""
    member_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    min_amount: int | None = None
    max_amount: int | None = None


def list_entries(wanted: EntryFilter | None = None) -> QuerySet[Entry]:
    """The current team's entries with their members, newest first. Evaluate it inside the team."""
    wanted = wanted or EntryFilter()
    conditions: dict[str, Any] = {
        "action": wanted.action,
        "kind": wanted.kind,
        "member_id": wanted.member_id,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
        "amount__gte": wanted.min_amount,
        "amount__lte": wanted.max_amount,
    }
    given = {name: value for name, value in conditions.items() if value not in ("", None)}
    entries = Entry.objects.filter(**given).select_related("member").order_by("-seq")
    if wanted.text:
        entries = entries.filter(Q(subject_label__icontains=wanted.text) | Q(reason__icontains=wanted.text))
    return entries


def list_activity(wanted: EntryFilter | None = None, *, is_whole: bool = False) -> QuerySet[Entry]:
    """The entries that a person looks for: what came, was spent or expired, of credits and of bought units, without
    what was set aside on the way. An act that bought units paid is one row, in credits, that says so; `is_whole` lists
    the units it took as well, so that the amounts of each unit add up to its balance.
    """
    steps = (Entry.Kind.HOLD, Entry.Kind.RELEASE)
    entries = list_entries(wanted).exclude(kind__in=steps)
    return entries if is_whole else entries.exclude(Q(kind=Entry.Kind.CAPTURE) & ~Q(unit=CREDITS))
