"""Tables as CSV."""

import csv
import io

from apps.core.tabular import write_csv


def read(chunks) -> list[list[str]]:
    text = b"".join(chunks).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_cells_come_back_as_they_were():
    rows = [[1, -25, 'He said "no", twice', "مرحبا", ""], [2, 0, "two\nlines", "🐟", None]]

    assert read(write_csv(["a", "b", "c", "d", "e"], rows)) == [
        ["a", "b", "c", "d", "e"],
        ["1", "-25", 'He said "no", twice', "مرحبا", ""],
        ["2", "0", "two\nlines", "🐟", ""],
    ]


def test_no_text_is_a_formula():
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "  =1", "＝1"]

    assert [row[0][0] for row in read(write_csv(["x"], [[text] for text in texts]))[1:]] == ["'"] * len(texts)


def test_a_long_table_comes_in_chunks():
    chunks = write_csv(["n"], ([number] for number in range(1001)))

    assert len(list(chunks)) == 1 + 6
