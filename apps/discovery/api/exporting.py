"""Lists as files: which form a caller wants."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

CSV, JSON = "csv", "json"
FORMAT = OpenApiParameter("format", str, enum=[JSON, CSV], description="`csv` for a file of the rows; default `json`.")


def read_format(request: Request) -> str:
    """`json` or `csv`. Raises a 400 on anything else."""
    wanted = request.query_params.get("format", JSON)
    if wanted not in {CSV, JSON}:
        raise ValidationError({"format": [f"Use {JSON} or {CSV}."]})
    return wanted
