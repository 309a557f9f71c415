"""The ledger, page by page."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import CursorPagination
from apps.credits.selectors import EntryFilter, list_entries, read_cached_transactions
from apps.credits.services import bring_up_to_date
from apps.teams.access import Permission, TeamAPIView

from .serializers import EntryFilterInput, EntryOutput, TransactionsOutput

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

    @extend_schema(
        operation_id="credits_transactions_list",
        tags=["credits"],
        summary="List the ledger's entries",
        parameters=[EntryFilterInput],
        responses={200: TransactionsOutput},
        examples=[OpenApiExample("A paid unlock", value={"results": [_EXAMPLE], "next": None}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        wanted = EntryFilterInput(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        address = request.build_absolute_uri()
        found = _read_filter(wanted.validated_data)
        return Response(read_cached_transactions(address, make=lambda: self._make_page(request, found)))

    def _make_page(self, request: Request, wanted: EntryFilter) -> Any:
        bring_up_to_date()
        pages = EntryPagination()
        rows = pages.paginate_queryset(list_entries(wanted), request, view=self) or []
        return pages.get_paginated_response([dict(row) for row in EntryOutput(rows, many=True).data]).data


def _read_filter(given: dict[str, Any]) -> EntryFilter:
    return EntryFilter(
        action=given.get("action", ""),
        kind=given.get("kind", ""),
        member_id=given.get("member"),
        since=given.get("since"),
        until=given.get("until"),
    )
