"""Brand-safety flags narrowed to a category, and as a file."""

from typing import Any

from apps.core.tabular import write_csv
from apps.profiles.metrics.safety import SAFETY_CODES

COLUMNS = [
    "shortcode", "url", "taken_at", "code", "severity", "term", "quote", "start", "length", "method", "found_at",
]  # fmt: skip


def narrow_safety(part: dict[str, Any], *, flag: str) -> dict[str, Any]:
    """The part (`get_safety`) with the places of one category alone; all where `flag` names none."""
    if flag not in SAFETY_CODES:
        return part
    return {**part, "results": [row for row in part["results"] if row["code"] == flag]}


def export_safety(part: dict[str, Any]) -> bytes:
    """The places as a CSV file that a spreadsheet opens without running what stands in captions."""
    return b"".join(write_csv(COLUMNS, ([row[name] for name in COLUMNS] for row in part["results"])))


def name_safety_file(part: dict[str, Any]) -> dict[str, str]:
    """The headers that go with it."""
    return {"Content-Disposition": f'attachment; filename="{part["username"]}-safety.csv"'}
