"""What a member may use. Mounted under `/api/v1/teams/members/{id}/limits`."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import refusals
from apps.credits.errors import LimitsInvalid
from apps.credits.selectors import get_member_limits
from apps.credits.services import set_member_limits
from apps.teams.access import Permission, TeamAPIView
from apps.teams.errors import MemberNotFound
from apps.teams.selectors import get_member

from .serializers import LimitsInput, LimitsOutput

_LIMITS = {"limits": {"influencer_unlock": 10, "credits": 500}}


class MemberLimitsView(TeamAPIView):
    """A member's limits per billing period and what is used of them."""

    permission = {"GET": Permission.MEMBERS_VIEW, "PUT": Permission.LIMITS_MANAGE}

    @extend_schema(
        operation_id="teams_member_limits_retrieve",
        tags=["teams"],
        summary="Read a member's limits",
        responses={200: LimitsOutput, **refusals(MemberNotFound)},
    )
    def get(self, request: Request, member_id: int) -> Response:
        member = get_member(team=self.team, member_id=member_id)
        return Response(LimitsOutput(get_member_limits(member=member.user)).data)

    @extend_schema(
        operation_id="teams_member_limits_update",
        tags=["teams"],
        summary="Replace a member's limits",
        request=LimitsInput,
        responses={200: LimitsOutput, **refusals(LimitsInvalid, MemberNotFound)},
        examples=[OpenApiExample("Ten analyses and 500 credits", value=_LIMITS, request_only=True)],
    )
    def put(self, request: Request, member_id: int) -> Response:
        wanted = LimitsInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        member = get_member(team=self.team, member_id=member_id)
        set_member_limits(member=member.user, limits=wanted.validated_data["limits"])
        return Response(LimitsOutput(get_member_limits(member=member.user)).data)
