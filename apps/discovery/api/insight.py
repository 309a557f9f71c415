"""`instagram/profile/{username}/…`: what makes a brand choose. Parts that are worked out apart from the report."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.discovery.selectors import discussion, insight
from apps.discovery.selectors.doors import get_unlocked_profile
from apps.discovery.selectors.safety import export_safety, name_safety_file, narrow_safety
from apps.profiles.metrics.safety import SAFETY_CODES
from apps.profiles.models import Profile
from apps.profiles.selectors import get_rate_table
from apps.teams.access import Permission, TeamAPIView

from .answers import member_of
from .exporting import CSV, FORMAT, read_format
from .parts import REFUSED, PartView
from .schema import (
    IF_NONE_MATCH,
    AudienceOutput,
    AuthenticityOutput,
    CommentSentimentOutput,
    PricingOutput,
    SafetyOutput,
)


class AuthenticityView(PartView):
    """Whether it is real."""

    def read(self, profile: Profile) -> Any:
        return insight.get_authenticity(profile)

    @extend_schema(
        operation_id="instagram_profile_authenticity",
        tags=["instagram"],
        summary="Read the authenticity of an unlocked creator",
        parameters=[IF_NONE_MATCH],
        responses={200: AuthenticityOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)


class AudienceView(PartView):
    """Who takes part."""

    def read(self, profile: Profile) -> Any:
        return insight.get_audience(profile)

    @extend_schema(
        operation_id="instagram_profile_audience",
        tags=["instagram"],
        summary="Read the audience of an unlocked creator",
        description="Estimates from the people who comment; `unavailable` with the reason where only counts are known.",
        parameters=[IF_NONE_MATCH],
        responses={200: AudienceOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)


class PricingView(PartView):
    """What it may cost."""

    def read(self, profile: Profile) -> Any:
        return insight.get_pricing(profile)

    def get_version(self) -> object:
        return get_rate_table().version

    @extend_schema(
        operation_id="instagram_profile_pricing",
        tags=["instagram"],
        summary="Read the price estimates of an unlocked creator",
        parameters=[IF_NONE_MATCH],
        responses={200: PricingOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)


class CommentSentimentView(TeamAPIView):
    """How people talk about it. Without an ETag: it says whether comments are being read right now."""

    permission = Permission.CONTENT_VIEW

    @extend_schema(
        operation_id="instagram_profile_comments_sentiment",
        tags=["instagram"],
        summary="Read how people talk under the posts of an unlocked creator",
        description="Comments of the newest posts are read after an unlock or refresh, where a source gives them.",
        responses={200: CommentSentimentOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        profile = get_unlocked_profile(username, member=member_of(request))
        return Response(discussion.get_comment_sentiment(profile))


class SafetyFilterInput(serializers.Serializer[Any]):
    """Which flags."""

    flag = serializers.ChoiceField(
        choices=list(SAFETY_CODES), required=False, default="", help_text="The places of this category alone."
    )


class SafetyView(PartView):
    """What a brand may mind, with quotes; also as a file."""

    def respond(self, request: Request, profile: Profile) -> Any:
        given = SafetyFilterInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        part = narrow_safety(insight.get_safety(profile), flag=given.validated_data["flag"])
        if read_format(request) == CSV:
            body, headers = export_safety(part), name_safety_file(part)
            return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)
        return Response(part)

    @extend_schema(
        operation_id="instagram_profile_safety",
        tags=["instagram"],
        summary="Read the brand-safety flags of an unlocked creator",
        description="`flag` narrows `results`, not the metrics. Flags of single posts also stand in `posts`, and "
        "`posts?flag=` filters by them.",
        parameters=[SafetyFilterInput, FORMAT, IF_NONE_MATCH],
        responses={200: SafetyOutput, (200, "text/csv"): OpenApiTypes.STR, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        return self.answer(request, username)
