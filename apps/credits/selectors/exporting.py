"""The ledger as a file: a table for spreadsheets, or JSON for programs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from apps.core.tabular import write_csv
from apps.credits.models import Entry

from .entries import describe_entry
from .pricing import get_labels

COLUMNS = [
    "number", "time", "kind", "entry", "action", "units", "unit", "amount", "held_delta", "balance_after",
    "subject_type", "subject", "member_id", "member", "paid_by", "reason",
]  # fmt: skip
_ENTRIES_AT_ONCE = 500


def export_entries(entries: QuerySet[Entry]) -> Iterator[bytes]:
    """A list of entries, newest first, as the chunks of a CSV file. Each page is a query of its own, so that a long
    file holds no cursor open while it is sent.
    """
    labels = get_labels()
    return write_csv(COLUMNS, (_make_row(entry, labels) for entry in chain.from_iterable(_list_pages(entries))))


def export_entries_as_json(
    entries: QuerySet[Entry], *, show: Callable[[list[Entry]], Iterable[Mapping[str, Any]]]
) -> Iterator[bytes]:
    """The same list as the chunks of one JSON object, `{"results": [...]}`; `show` makes plain rows of some entries."""
    start = b'{"results": ['
    for page in _list_pages(entries):
        rows = ",".join(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) for row in show(page))
        yield start + rows.encode()
        start = b","
    yield (start if start != b"," else b"") + b"]}"


def _list_pages(entries: QuerySet[Entry]) -> Iterator[list[Entry]]:
    page = list(entries[:_ENTRIES_AT_ONCE])
    while page:
        yield page
        page = list(entries.filter(seq__lt=page[-1].seq)[:_ENTRIES_AT_ONCE])


def _make_row(entry: Entry, labels: dict[str, str]) -> list[Any]:
    told = describe_entry(entry, labels)
    return [
        entry.seq,
        entry.at.isoformat(),
        entry.kind,
        told["title"],
        entry.action,
        entry.units,
        entry.unit,
        entry.amount,
        entry.held_delta,
        entry.balance_after,
        entry.subject_type,
        entry.subject_label,
        entry.member_id or "",
        told["member"]["name"] if told["member"] else "",
        told["paid_by"],
        entry.reason,
    ]
