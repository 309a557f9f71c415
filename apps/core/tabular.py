"""Tables as CSV files that a spreadsheet opens without running anything that stands in them."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

# A cell that begins like this would be taken for a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_AT_ONCE = 200


def write_csv(header: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """The lines of a table in UTF-8 with a byte order mark, some hundred rows a chunk, so that none is held whole.

    Texts that a spreadsheet would run are preceded by an apostrophe; numbers stay numbers.
    """
    yield b"\xef\xbb\xbf" + _write([header])
    chunk: list[list[Any]] = []
    for row in rows:
        chunk.append([_disarm(cell) for cell in row])
        if len(chunk) == _ROWS_AT_ONCE:
            yield _write(chunk)
            chunk = []
    if chunk:
        yield _write(chunk)


def _write(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _disarm(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA) else cell
