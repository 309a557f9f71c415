"""`instagram/profile/{username}/…`: what makes a brand choose. Parts that are worked out apart from the report."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from apps.discovery.selectors import insight
from apps.profiles.models import Profile
from apps.profiles.selectors import get_rate_table

from .parts import REFUSED, PartView
from .schema import IF_NONE_MATCH, AuthenticityOutput, PricingOutput


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
