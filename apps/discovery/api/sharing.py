"""`instagram/profile/{username}/share`: read-only links to an unlocked report."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import page_of, refusals
from apps.discovery.selectors.doors import get_unlocked_profile
from apps.discovery.selectors.sharing import show_link
from apps.teams.access import Permission, TeamAPIView
from apps.teams.errors import ShareLinkNotFound, TooManyShareLinks
from apps.teams.models import ShareLink
from apps.teams.selectors import list_share_links
from apps.teams.services import make_share_link, revoke_share_link
from apps.teams.services.sharing import LONGEST_DAYS

from .answers import member_of
from .parts import REFUSED
from .schema import MadeLinkOutput, ShareLinkOutput

KIND = ShareLink.Kind.REPORT


class ShareInput(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS, default=30, help_text="How long it works.")


class ShareView(TeamAPIView):
    """The links to a report that the team made."""

    permission = {"GET": Permission.CONTENT_VIEW, "POST": Permission.EXPORT}

    @extend_schema(
        operation_id="instagram_profile_shares",
        tags=["instagram"],
        summary="List the links to an unlocked report",
        description="At most the latest hundred, newest first. A link's address is shown once, when it is made.",
        responses={200: page_of(ShareLinkOutput), **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        profile = get_unlocked_profile(username, member=member_of(request))
        links = list_share_links(team=self.team, kind=KIND, subject_id=profile.pk)
        return Response({"results": [show_link(link) for link in links], "next": None})

    @extend_schema(
        operation_id="instagram_profile_share",
        tags=["instagram"],
        summary="Make a read-only link to an unlocked report",
        description="Whoever has the link reads the report without an account, and nothing else of the team.",
        request=ShareInput,
        responses={201: MadeLinkOutput, **REFUSED, **refusals(TooManyShareLinks)},
    )
    def post(self, request: Request, username: str) -> HttpResponseBase:
        given = ShareInput(data=request.data)
        given.is_valid(raise_exception=True)
        profile = get_unlocked_profile(username, member=member_of(request))
        link, token = make_share_link(
            team=self.team, maker=member_of(request), kind=KIND, subject_id=profile.pk, **given.validated_data
        )
        url = request.build_absolute_uri(reverse("shared-report", args=[token]))
        return Response({**show_link(link), "url": url}, status=201)


class ShareLinkView(TeamAPIView):
    """One link."""

    permission = Permission.EXPORT

    @extend_schema(
        operation_id="instagram_profile_share_revoke",
        tags=["instagram"],
        summary="End a link at once",
        responses={204: None, **REFUSED, **refusals(ShareLinkNotFound)},
    )
    def delete(self, request: Request, username: str, link_id: UUID) -> HttpResponseBase:
        profile = get_unlocked_profile(username, member=member_of(request))
        revoke_share_link(team=self.team, kind=KIND, subject_id=profile.pk, link_id=link_id)
        return Response(status=204)
