"""Members of the current team."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.teams import errors
from apps.teams.access import Permission, TeamAPIView
from apps.teams.selectors import list_members
from apps.teams.services import change_member, remove_member, transfer_ownership

from .serializers import ChangeMemberInput, MemberOutput
from .teams import TAGS


class MembersView(TeamAPIView):
    """Who belongs to the team."""

    permission = Permission.MEMBERS_VIEW

    @extend_schema(
        operation_id="teams_members_list",
        tags=TAGS,
        summary="List the members",
        parameters=PAGE,
        responses={200: page_of(MemberOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = "id"
        page = pages.paginate_queryset(list_members(self.team), request, view=self)
        return pages.get_paginated_response(MemberOutput(page, many=True).data)


class MemberView(TeamAPIView):
    """One member."""

    # DELETE asks only for membership: everybody may leave. Who may take others out, the service knows.
    permission = {"PATCH": Permission.MEMBERS_MANAGE, "DELETE": Permission.MEMBERS_VIEW}

    @extend_schema(
        operation_id="teams_members_update",
        tags=TAGS,
        summary="Change a member's role, suspend or reactivate",
        request=ChangeMemberInput,
        responses={
            200: MemberOutput,
            **refusals(errors.SeatsExhausted, errors.MemberNotFound, errors.OwnerRequired),
        },
    )
    def patch(self, request: Request, member_id: int) -> Response:
        given = ChangeMemberInput(data=request.data)
        given.is_valid(raise_exception=True)
        member = change_member(team=self.team, member_id=member_id, **given.validated_data)
        return Response(MemberOutput(member).data)

    @extend_schema(
        operation_id="teams_members_remove",
        tags=TAGS,
        summary="Remove a member, or leave",
        description="Members of any role may remove themselves, except the owner.",
        responses={204: None, **refusals(errors.RoleForbidden, errors.MemberNotFound, errors.OwnerRequired)},
    )
    def delete(self, request: Request, member_id: int) -> Response:
        remove_member(actor=self.membership, member_id=member_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TransferView(TeamAPIView):
    """Hand the team over."""

    permission = Permission.TEAM_TRANSFER

    @extend_schema(
        operation_id="teams_members_transfer_ownership",
        tags=TAGS,
        summary="Make a member the owner",
        description="You become an admin.",
        request=None,
        responses={
            200: MemberOutput,
            **refusals(errors.MemberNotFound, errors.FreeTeamExists),
        },
    )
    def post(self, request: Request, member_id: int) -> Response:
        return Response(MemberOutput(transfer_ownership(team=self.team, member_id=member_id)).data)
