"""`/api/v1/discovery/`: type-ahead, what the team has, what a member looked up."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of
from apps.discovery.models import Lookup, Unlock
from apps.discovery.selectors.history import list_recent_lookups, list_unlocked, suggest_creators
from apps.discovery.services.trails import forget_lookups
from apps.jobs.idempotency import idempotent
from apps.profiles.selectors import get_preview
from apps.teams.access import Permission, TeamAPIView

from .answers import member_of
from .schema import LookupOutput, SuggestionOutput, UnlockedOutput


class SuggestView(TeamAPIView):
    """Creators already known here whose handle or name begins or looks like what was typed."""

    permission = Permission.CREATORS_SEARCH

    @extend_schema(
        operation_id="discovery_suggest",
        tags=["discovery"],
        summary="Suggest creators while typing",
        parameters=[OpenApiParameter("q", str, required=True)],
        responses={200: page_of(SuggestionOutput)},
    )
    def get(self, request: Request) -> Response:
        return Response({"results": suggest_creators(request.query_params.get("q", "")), "next": None})


class UnlockedView(TeamAPIView):
    """The team's unlocked creators, newest first."""

    permission = Permission.CONTENT_VIEW

    @extend_schema(
        operation_id="discovery_unlocked",
        tags=["discovery"],
        summary="List the team's unlocked creators",
        parameters=PAGE,
        responses={200: page_of(UnlockedOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = ("-created_at", "-id")
        page = pages.paginate_queryset(list_unlocked(), request, view=self)
        return pages.get_paginated_response([_show_unlock(unlock) for unlock in page or []])


def _show_unlock(unlock: Unlock) -> dict[str, object]:
    return {
        **get_preview(unlock.profile),
        "unlocked_at": unlock.created_at,
        "credits": unlock.credits,
        "refreshed_at": unlock.profile.refreshed_at,
    }


class HistoryView(TeamAPIView):
    """What the signed-in member looked up, last first, each handle once."""

    permission = {"GET": Permission.CREATORS_SEARCH, "DELETE": Permission.CREATORS_SEARCH}

    @extend_schema(
        operation_id="discovery_history",
        tags=["discovery"],
        summary="List the own look-ups",
        parameters=PAGE,
        responses={200: page_of(LookupOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = ("-looked_up_at", "-id")
        page = pages.paginate_queryset(list_recent_lookups(member=member_of(request)), request, view=self)
        return pages.get_paginated_response([_show_lookup(lookup) for lookup in page or []])

    @extend_schema(
        operation_id="discovery_history_delete",
        tags=["discovery"],
        summary="Forget the own look-ups",
        description="Those of the signed-in member alone; what the team unlocked stays.",
        request=None,
        responses={204: None},
    )
    @idempotent()
    def delete(self, request: Request) -> Response:
        forget_lookups(member=member_of(request))
        return Response(status=204)


def _show_lookup(lookup: Lookup) -> dict[str, object]:
    known = lookup.profile is not None and lookup.profile.suppressed_at is None
    return {
        "username": lookup.username,
        "outcome": lookup.outcome,
        "times": lookup.times,
        "looked_up_at": lookup.looked_up_at,
        "preview": get_preview(lookup.profile) if known and lookup.profile else None,
    }
