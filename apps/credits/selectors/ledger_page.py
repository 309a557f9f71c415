"""The ledger as its page asks for it: filters, a page of rows, a file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.dateparse import parse_date

from apps.core.numbers import read_number
from apps.credits.models import Entry

from .entries import describe_entry
from .exporting import export_entries
from .ledger import EntryFilter, list_activity, list_entries
from .pricing import get_labels

PAGE_SIZE = 25
LONGEST_TEXT = 100
STEPS = "steps"
SHOWN = {
    "": "What came and went",
    "capture": "Spent",
    "grant": "Granted",
    "expire": "Expired",
    "reverse": "Taken back",
    STEPS: "Every step",
}
_ACTION = re.compile("[a-z_]{1,40}")
_YEARS = range(2000, 2200)


@dataclass(frozen=True)
class LedgerQuery:
    """What the ledger's form asks for; `before` is the entry number that the page goes on from.

    The days are calendar days in UTC, and both count.
    """

    show: str = ""
    action: str = ""
    member_id: int | None = None
    text: str = ""
    first_on: date | None = None
    last_on: date | None = None
    before: int | None = None

    @property
    def is_filtered(self) -> bool:
        return self != LedgerQuery(before=self.before)

    def as_text(self) -> str:
        """The query string of this page."""
        parts = {
            "show": self.show,
            "action": self.action,
            "member": self.member_id,
            "q": self.text,
            "from": self.first_on,
            "to": self.last_on,
            "before": self.before,
        }
        return urlencode({name: value for name, value in parts.items() if value})


def read_ledger_query(given: Mapping[str, str]) -> LedgerQuery:
    """The form's values; what is not understood does not filter."""
    return LedgerQuery(
        show=given.get("show", "") if given.get("show", "") in SHOWN else "",
        action=given.get("action", "") if _ACTION.fullmatch(given.get("action", "")) else "",
        member_id=read_number(given.get("member", "")),
        text=given.get("q", "").replace("\0", "").strip().removeprefix("@")[:LONGEST_TEXT],
        first_on=_read_day(given.get("from", "")),
        last_on=_read_day(given.get("to", "")),
        before=read_number(given.get("before", "")),
    )


def get_ledger_page(query: LedgerQuery) -> dict[str, Any]:
    """A page of the ledger: rows, the query of the next page, and what the form shows."""
    labels = get_labels()
    found = list(_list_wanted(query)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    more = replace(query, before=shown[-1].seq).as_text() if len(found) > PAGE_SIZE else ""
    return {
        "rows": [describe_entry(entry, labels) for entry in shown],
        "next": more,
        "query": query,
        "all": replace(query, before=None).as_text(),
        "shown": [{"code": code, "label": label} for code, label in SHOWN.items()],
        "actions": [{"code": code, "label": label} for code, label in sorted(labels.items())],
    }


def export_ledger_page(query: LedgerQuery) -> Iterator[bytes]:
    """All rows that the form's filters find, as the chunks of a CSV file."""
    return export_entries(_list_wanted(replace(query, before=None), is_whole=True))


def _list_wanted(query: LedgerQuery, *, is_whole: bool = False) -> QuerySet[Entry]:
    wanted = EntryFilter(
        action=query.action,
        member_id=query.member_id,
        text=query.text,
        since=_starts(query.first_on),
        until=_starts(query.last_on + timedelta(days=1) if query.last_on else None),
    )
    if query.show == STEPS:
        entries = list_entries(wanted)
    else:
        entries = list_activity(replace(wanted, kind=query.show), is_whole=is_whole)
    return entries.filter(seq__lt=query.before) if query.before else entries


def _starts(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=UTC) if day else None


def _read_day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and day.year in _YEARS else None
