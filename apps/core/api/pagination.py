"""Lists answer `{"results": [...], "next": url|null}` by cursor."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework import pagination
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response


class CursorPagination(pagination.CursorPagination):
    """Stable pages over a list that may grow; views set `ordering`."""

    page_size = 25
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering: Any = "-id"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        self._rows: QuerySet[Any] = queryset
        return super().paginate_queryset(queryset, request, view)

    def decode_cursor(self, request: Request) -> pagination.Cursor | None:
        """The place that the request names; one where no row of this list can stand is as unknown as a broken one."""
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        try:
            return cursor._replace(position=self._read_position(str(cursor.position)))
        except (ValidationError, ValueError, OverflowError) as error:
            raise NotFound(self.invalid_cursor_message) from error

    def _read_position(self, text: str) -> Any:
        """As a value of the column by which the list is ordered."""
        column = self._rows.all().query.resolve_ref(self.ordering[0].lstrip("-")).output_field
        place = column.to_python(text)
        if not isinstance(place, datetime):
            return place
        return place.astimezone(UTC) if place.tzinfo else place.replace(tzinfo=UTC)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": ["string", "null"], "format": "uri", "description": "The next page, or null."},
            },
        }
