"""The ledger, page by page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from apps.core.api import CursorPagination
from apps.credits.models import Entry
from apps.credits.selectors import (
    EntryFilter,
    export_entries,
    export_entries_as_json,
    hide_colleagues,
    list_entries,
    read_cached_transactions,
    require_own,
)
from apps.credits.services import bring_up_to_date
from apps.teams.access import Permission, TeamAPIView

from .filtering import EntryFilterInput, ExportInput, SearchPageInput, read_filter
from .serializers import EntryOutput, TransactionsFile, TransactionsOutput

_EXAMPLE = {
    "id": 41,
    "seq": 12,
    "at": "2026-11-22T10:00:00Z",
    "kind": "capture",
    "unit": "credits",
    "action": "influencer_unlock",
    "units": 1,
    "amount": -25,
    "held_delta": -25,
    "balance_after": 975,
    "held_after": 0,
    "subject": {"type": "profile", "label": "maro.sample"},
    "member": {"id": 7, "name": "Olive Owner"},
    "reason": "",
    "grants": [{"grant": 3, "origin": "plan", "amount": -25, "held_delta": -25}],
    "draws": [{"source": "credits", "units": 1, "credits": 25}],
}


class EntryPagination(CursorPagination):
    ordering = "-seq"


class TransactionsView(TeamAPIView):
    """Every entry of the team's ledger, newest first. The sum of all amounts in credits is the balance."""

    permission = Permission.CREDITS_VIEW
    shape: type[Serializer[Any]] = EntryFilterInput

    @extend_schema(
        operation_id="credits_transactions_list",
        tags=["credits"],
        summary="List the ledger's entries",
        parameters=[EntryFilterInput],
        responses={200: TransactionsOutput},
        examples=[OpenApiExample("A paid unlock", value={"results": [_EXAMPLE], "next": None}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        found, _ = read_filter(request, self.shape)
        require_own(found.member_id, viewer=self.membership)
        address = request.build_absolute_uri()
        page = read_cached_transactions(address, make=lambda: self._make_page(request, found))
        return Response(page | {"results": hide_colleagues(page["results"], viewer=self.membership)})

    def _make_page(self, request: Request, wanted: EntryFilter) -> Any:
        bring_up_to_date()
        pages = EntryPagination()
        rows = pages.paginate_queryset(list_entries(wanted), request, view=self) or []
        return pages.get_paginated_response(show_entries(rows)).data


class SearchView(TransactionsView):
    """The entries that filters find, newest first."""

    shape = SearchPageInput

    @extend_schema(
        operation_id="credits_transactions_search",
        tags=["credits"],
        summary="Search the ledger's entries",
        parameters=[SearchPageInput],
        responses={200: TransactionsOutput},
        examples=[OpenApiExample("A paid unlock", value={"results": [_EXAMPLE], "next": None}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return super().get(request)


class ExportView(TeamAPIView):
    """All entries that filters find, as one file that is sent while it is read."""

    permission = Permission.EXPORT

    @extend_schema(
        operation_id="credits_transactions_export",
        tags=["credits"],
        summary="Export the ledger's entries",
        parameters=[ExportInput],
        responses={(200, "text/csv"): OpenApiTypes.STR, (200, "application/json"): TransactionsFile},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        wanted, given = read_filter(request, ExportInput)
        bring_up_to_date()
        return _answer_file(list_entries(wanted), kind=given["format"], slug=self.team.slug)


def show_entries(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries as plain rows, to be cached or written."""
    return [dict(row) for row in EntryOutput(list(entries), many=True).data]


def _answer_file(entries: QuerySet[Entry], *, kind: str, slug: str) -> StreamingHttpResponse:
    if kind == "json":
        chunks, content_type = export_entries_as_json(entries, show=show_entries), "application/json"
    else:
        chunks, content_type = export_entries(entries), "text/csv; charset=utf-8"
    name = f"ledger-{slug}-{timezone.now():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(chunks, content_type=content_type, headers=headers)
