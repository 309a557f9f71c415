"""The user's teams, and the one he is in."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.errors import SIGNED_OUT
from apps.core.api import APIView, CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.teams import errors
from apps.teams.access import Permission, TeamAPIView, membership_in, signed_in
from apps.teams.selectors import list_teams
from apps.teams.services import create_team, update_team

from .serializers import CreateTeamInput, CurrentTeamOutput, SwitchInput, TeamOutput, UpdateTeamInput

TAGS = ["teams"]


class TeamsView(APIView):
    """All teams the user belongs to; a team is not needed to ask."""

    @extend_schema(
        operation_id="teams_list",
        tags=TAGS,
        summary="List your teams",
        parameters=PAGE,
        responses={200: page_of(TeamOutput), **refusals(*SIGNED_OUT)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = "id"
        page = pages.paginate_queryset(list_teams(signed_in(request)), request, view=self)
        return pages.get_paginated_response(TeamOutput(page, many=True).data)

    @extend_schema(
        operation_id="teams_create",
        tags=TAGS,
        summary="Make a team on the Free plan",
        description="You become its owner. A user owns at most one Free team.",
        request=CreateTeamInput,
        responses={
            201: TeamOutput,
            **refusals(
                errors.TeamNameInvalid,
                errors.SlugInvalid,
                *SIGNED_OUT,
                errors.FreeTeamExists,
                errors.SlugTaken,
                errors.SuperadminNotMember,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        given = CreateTeamInput(data=request.data)
        given.is_valid(raise_exception=True)
        team = create_team(owner=signed_in(request), **given.validated_data)
        membership = list_teams(signed_in(request)).get(team=team)
        return Response(TeamOutput(membership).data, status=status.HTTP_201_CREATED)


class CurrentTeamView(TeamAPIView):
    """The team that the request names."""

    permission = {"GET": Permission.TEAM_VIEW, "PATCH": Permission.TEAM_EDIT}

    @extend_schema(
        operation_id="teams_current",
        tags=TAGS,
        summary="Read the current team",
        responses={200: CurrentTeamOutput},
    )
    def get(self, request: Request) -> Response:
        return Response(CurrentTeamOutput(self.membership).data)

    @extend_schema(
        operation_id="teams_current_update",
        tags=TAGS,
        summary="Change name, time zone or currency",
        request=UpdateTeamInput,
        responses={200: CurrentTeamOutput, **refusals(errors.TeamNameInvalid)},
    )
    def patch(self, request: Request) -> Response:
        given = UpdateTeamInput(data=request.data)
        given.is_valid(raise_exception=True)
        self.membership.team = update_team(team=self.team, changes=given.validated_data)
        return Response(CurrentTeamOutput(self.membership).data)


class SwitchView(APIView):
    """Where the web session goes on."""

    @extend_schema(
        operation_id="teams_switch",
        tags=TAGS,
        summary="Go to another of your teams",
        description="The web session remembers it as the team to open. API clients name the team in each request.",
        request=SwitchInput,
        responses={200: TeamOutput, **refusals(*errors.OUTSIDE)},
    )
    def post(self, request: Request) -> Response:
        given = SwitchInput(data=request.data)
        given.is_valid(raise_exception=True)
        membership = membership_in(signed_in(request), slug=given.validated_data["team"])
        remember_team(request, membership.team.slug)
        return Response(TeamOutput(membership).data)


def remember_team(request: Request, slug: str) -> None:
    if request.auth is None:  # the cookie speaks, not a token
        request._request.session["team"] = slug
