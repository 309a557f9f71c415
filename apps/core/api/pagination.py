"""Lists answer `{"results": [...], "next": url|null}` by cursor."""

from typing import Any

from rest_framework import pagination
from rest_framework.response import Response


class CursorPagination(pagination.CursorPagination):
    """Stable pages over a list that may grow; views set `ordering`."""

    page_size = 25
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering: Any = "-id"

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
