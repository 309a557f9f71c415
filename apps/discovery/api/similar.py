"""`instagram/profile/{username}/similar`: creators that write about the same."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.analysis.languages import LANGUAGES
from apps.analysis.selectors import Wanted
from apps.analysis.taxonomy import list_categories
from apps.discovery.selectors.doors import get_unlocked_profile
from apps.discovery.selectors.similar import MOST, get_similar
from apps.profiles.metrics import SIZE_TIERS
from apps.teams.access import Permission, TeamAPIView

from .answers import member_of
from .parts import REFUSED
from .schema import SimilarOutput

SHOWN = 12


class SimilarInput(serializers.Serializer[Any]):
    """What the neighbours are narrowed to."""

    size = serializers.ChoiceField(choices=[code for code, _low, _high in SIZE_TIERS], required=False)
    language = serializers.ChoiceField(choices=list(LANGUAGES), required=False, help_text="Of most posts.")
    category = serializers.ChoiceField(choices=[info.code for info in list_categories()], required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=SHOWN)


class SimilarView(TeamAPIView):
    """Never cached: the neighbours change with every creator that is placed."""

    permission = Permission.CONTENT_VIEW

    @extend_schema(
        operation_id="instagram_profile_similar",
        tags=["instagram"],
        summary="List creators similar to an unlocked creator",
        description=(
            "The nearest by what they write, whatever the language, nearest first, each with what both have in common. "
            "Previews only. Private, removed and vanished creators are left out; synthetic and real ones never mix."
        ),
        parameters=[SimilarInput],
        responses={200: SimilarOutput, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        given = SimilarInput(data=request.query_params)
        given.is_valid(raise_exception=True)
        limit = given.validated_data.pop("page_size")
        profile = get_unlocked_profile(username, member=member_of(request))
        return Response(get_similar(profile, Wanted(**given.validated_data), limit=limit))
