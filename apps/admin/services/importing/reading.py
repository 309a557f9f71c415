"""Rows of a CSV file, one at a time: whatever the file is, memory stays small and every fault has its row and code."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LINE_MAX = 64 * 1024
FIELD_MAX = 2_000


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be brought over. `row` is the line in the file; 0 is the file itself. Codes are stable."""

    file: str
    row: int
    code: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.row} {self.code} {self.detail}".rstrip()


@dataclass(frozen=True)
class Row:
    """A row by its columns; missing ones are empty."""

    file: str
    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    def fault(self, code: str, detail: str = "") -> Fault:
        return Fault(self.file, self.number, code, detail[:120])


class _Unreadable(Exception):
    def __init__(self, code: str, row: int) -> None:
        self.code, self.row = code, row
        super().__init__(code)


def read_rows(path: Path, *, required: set[str], known: set[str]) -> Iterator[Row | Fault]:
    """Every row, or the fault in its place. UTF-8 with or without BOM, any line ends, columns in any order."""
    with path.open("rb") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, strict=True)
        try:
            header = [name.strip().lower() for name in next(reader, [])]
            if missing := required - set(header):
                yield Fault(path.name, 1, "file.columns_missing", ", ".join(sorted(missing)))
                return
            if unknown := set(header) - known:
                yield Fault(path.name, 1, "file.columns_unknown", ", ".join(sorted(unknown)))
                return
            if len(set(header)) != len(header):
                yield Fault(path.name, 1, "file.columns_repeated")
                return
            yield from _read_body(reader, header, lines=lines, name=path.name)
        except _Unreadable as fault:
            yield Fault(path.name, fault.row, fault.code)
        except csv.Error as error:
            yield Fault(path.name, lines.number, "row.unreadable", str(error))


class _Lines:
    """The file's lines as text; remembers where it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(LINE_MAX + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > LINE_MAX:
            raise _Unreadable("row.too_long", self.number)
        try:
            text = line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _Unreadable("file.not_utf8", self.number) from error
        if "\0" in text:
            raise _Unreadable("row.unreadable", self.number)
        return text


def _read_body(reader: Iterator[list[str]], header: list[str], *, lines: _Lines, name: str) -> Iterator[Row | Fault]:
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield Fault(name, lines.number, "row.columns", f"{len(cells)} instead of {len(header)}")
        elif any(len(cell) > FIELD_MAX for cell in cells):
            yield Fault(name, lines.number, "field.too_long")
        else:
            yield Row(name, lines.number, {key: cell.strip() for key, cell in zip(header, cells, strict=True)})
