"""`instagram/profile/{username}/…`: parts of an unlocked report."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.analysis.errors import AnalysisDisabled
from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.core.conditional import is_unchanged
from apps.discovery.errors import ProfilePrivate
from apps.discovery.selectors import parts
from apps.discovery.selectors.doors import get_unlocked_profile
from apps.discovery.selectors.reports import get_report, get_report_key
from apps.discovery.services.preparing import start_analysis
from apps.discovery.services.trails import record_access
from apps.jobs.idempotency import idempotent
from apps.profiles.errors import InvalidUsername, ProfileNotFound
from apps.profiles.models import Profile
from apps.teams.access import Permission, TeamAPIView

from .answers import make_list_etag, member_of, with_cache_headers
from .schema import (
    IF_NONE_MATCH,
    LOCKED,
    AnalysisOutput,
    BrandsOutput,
    ContentOutput,
    GrowthOutput,
    MentionOutput,
    RelatedOutput,
)

REFUSED = {**refusals(InvalidUsername, ProfileNotFound, ProfilePrivate), 402: LOCKED}


class PartView(TeamAPIView):
    """Base: one part of an unlocked report, with an ETag of the report's state."""

    permission = Permission.CONTENT_VIEW

    def read(self, profile: Profile) -> Any:
        raise NotImplementedError

    def answer(self, request: Request, username: str) -> HttpResponseBase:
        profile = get_unlocked_profile(username, member=member_of(request))
        record_access(member=member_of(request), profile_id=profile.pk)
        key = get_report_key(profile)
        etag = make_list_etag(request, key.etag if key else "", self.get_version())
        if is_unchanged(request, etag):
            return with_cache_headers(Response(status=304), etag)
        return with_cache_headers(self.respond(request, profile), etag)

    def get_version(self) -> object:
        """Of what the part depends on beside the report's state."""
        return ""

    def respond(self, request: Request, profile: Profile) -> HttpResponseBase:
        return Response(self.read(profile))


class GrowthView(PartView):
    """Followers over time."""

    def read(self, profile: Profile) -> Any:
        return parts.show_growth(get_report(profile))

    @extend_schema(
        operation_id="instagram_profile_growth",
        tags=["instagram"],
        summary="Read the growth of an unlocked creator",
        parameters=[IF_NONE_MATCH],
        responses={200: GrowthOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)


class ContentView(PartView):
    """What the posts are about."""

    def read(self, profile: Profile) -> Any:
        return parts.show_content(get_report(profile))

    @extend_schema(
        operation_id="instagram_profile_content",
        tags=["instagram"],
        summary="Read the content insights of an unlocked creator",
        parameters=[IF_NONE_MATCH],
        responses={200: ContentOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)


class BrandsView(PartView):
    """Sponsors and brand mentions."""

    def read(self, profile: Profile) -> Any:
        return parts.show_brands(get_report(profile), profile)

    @extend_schema(
        operation_id="instagram_profile_brands",
        tags=["instagram"],
        summary="Read the brands of an unlocked creator",
        parameters=[IF_NONE_MATCH],
        responses={200: BrandsOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)


class AnalysisView(TeamAPIView):
    """How far the analysis of the captions is, never cached; and having it done."""

    permission = {"GET": Permission.CONTENT_VIEW, "POST": Permission.CREDITS_SPEND}

    @extend_schema(
        operation_id="instagram_profile_analysis",
        tags=["instagram"],
        summary="Read the state of the content analysis",
        responses={200: AnalysisOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return Response(parts.get_analysis_state(get_unlocked_profile(username, member=member_of(request))))

    @extend_schema(
        operation_id="instagram_profile_analysis_start",
        tags=["instagram"],
        summary="Have the captions analysed",
        description=(
            "202 while the analysis goes on, one at a time for each creator; 200 when every caption is read by the "
            "present engine. Free."
        ),
        request=None,
        responses={200: AnalysisOutput, 202: AnalysisOutput, **REFUSED, **refusals(AnalysisDisabled)},
    )
    @idempotent()
    def post(self, request: Request, username: str) -> HttpResponseBase:
        profile = get_unlocked_profile(username, member=member_of(request))
        status = 202 if start_analysis(profile) else 200
        return Response(parts.get_analysis_state(profile), status=status)


class MentionsView(PartView):
    """Accounts that the posts name."""

    @extend_schema(
        operation_id="instagram_profile_mentions",
        tags=["instagram"],
        summary="List the accounts an unlocked creator mentions",
        parameters=[IF_NONE_MATCH],
        responses={200: page_of(MentionOutput), **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)

    def respond(self, request: Request, profile: Profile) -> Response:
        return Response({"results": parts.list_mentions(profile), "next": None})


class RelatedView(PartView):
    """Accounts that Instagram suggests beside the creator."""

    @extend_schema(
        operation_id="instagram_profile_related",
        tags=["instagram"],
        summary="List the accounts related to an unlocked creator",
        parameters=[*PAGE, IF_NONE_MATCH],
        responses={200: page_of(RelatedOutput), **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)

    def respond(self, request: Request, profile: Profile) -> Response:
        pages = CursorPagination()
        pages.ordering = ("position", "id")
        page = pages.paginate_queryset(parts.list_related(profile), request, view=self)
        return pages.get_paginated_response(parts.show_related(list(page or [])))
