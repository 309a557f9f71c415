"""Handles out of what people paste: a list in any form, or a table with a column of handles."""

import csv
import re

COLUMNS = frozenset(
    {
        "username", "user name", "user", "handle", "handles", "instagram", "instagram handle", "instagram username",
        "instagram url", "instagram link", "account", "creator", "influencer", "profile", "profile url", "url", "link",
    }
)  # fmt: skip
_BETWEEN = re.compile(r"[\s,;|\"']+")
_DELIMITERS = ",;\t|"


def read_handles(text: str) -> list[str]:
    """The handles or profile links of a pasted text, in order, as written; whether they are valid is asked later.

    A table (CSV with commas, semicolons or tabs) is read by its column of handles, which its first line names
    (`username`, `handle`, `url` …). Without such a line everything between blanks, commas and line ends is one.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        return []
    for delimiter in _DELIMITERS:
        head = [cell.strip().lower().replace("_", " ") for cell in next(csv.reader([lines[0]], delimiter=delimiter))]
        column = next((at for at, cell in enumerate(head) if cell in COLUMNS), None)
        if column is not None:
            return _read_column(lines[1:], column, delimiter)
    return [part for part in _BETWEEN.split("\n".join(lines)) if part]


def _read_column(lines: list[str], column: int, delimiter: str) -> list[str]:
    rows = csv.reader(lines, delimiter=delimiter)
    cells = (row[column].strip() for row in rows if len(row) > column)
    return [cell for cell in cells if cell]
