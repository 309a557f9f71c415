"""Lists as files: the same rows, as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

CSV, JSON = "csv", "json"
FORMAT = OpenApiParameter("format", str, enum=[JSON, CSV], description="`csv` for a file of the rows; default `json`.")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_format(request: Request) -> str:
    """`json` or `csv`. Raises a 400 on anything else."""
    wanted = request.query_params.get("format", JSON)
    if wanted not in {CSV, JSON}:
        raise ValidationError({"format": [f"Use {JSON} or {CSV}."]})
    return wanted


def answer_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, name: str) -> HttpResponse:
    """The rows as a CSV file (UTF-8 with a mark, so that spreadsheets read every script)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> Any:
    """Other people's words must not become a formula of whoever opens the file."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
