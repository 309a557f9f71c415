"""`/api/v1/teams/support`: what members bring to the operator's support, and its answers."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.jobs.idempotency import idempotent
from apps.portal.services import support
from apps.system import errors
from apps.system.models import SupportMessage, SupportRequest
from apps.system.services.support import SUBJECT_MAX, TEXT_MAX
from apps.teams.access import Permission, TeamAPIView

TAGS = ["teams"]
Plain = serializers.Serializer[Any]


class SupportMessageOutput(Plain):
    author = serializers.SerializerMethodField(help_text="The member's name, or `Support`.")
    from_support = serializers.BooleanField(source="from_staff")
    text = serializers.CharField()
    at = serializers.DateTimeField()

    def get_author(self, message: SupportMessage) -> str:
        return "Support" if message.from_staff else message.author.display_name


class SupportRequestOutput(Plain):
    id = serializers.IntegerField()
    subject = serializers.CharField()
    category = serializers.ChoiceField(choices=SupportRequest.Category.choices)
    priority = serializers.ChoiceField(choices=SupportRequest.Priority.choices, help_text="By the plan, when asked.")
    state = serializers.ChoiceField(choices=SupportRequest.State.choices)
    member = serializers.EmailField(source="member.email")
    created_at = serializers.DateTimeField()
    messages = SupportMessageOutput(source="messages.all", many=True)


class AskSupportInput(Plain):
    subject = serializers.CharField(max_length=SUBJECT_MAX)
    category = serializers.ChoiceField(choices=SupportRequest.Category.choices)
    text = serializers.CharField(max_length=TEXT_MAX)


class WriteAgainInput(Plain):
    text = serializers.CharField(max_length=TEXT_MAX)


class SupportRequestsView(TeamAPIView):
    """The team's matters; a member without sight of the team's activity sees his own."""

    permission = {"GET": Permission.TEAM_VIEW, "POST": Permission.TEAM_VIEW}

    @extend_schema(
        operation_id="teams_support_list",
        tags=TAGS,
        summary="List support requests with their answers",
        description="Your own; owners and admins see the whole team's.",
        parameters=PAGE,
        responses={200: page_of(SupportRequestOutput)},
    )
    def get(self, request: Request) -> Response:
        pages = CursorPagination()
        pages.ordering = ("-created_at", "-id")
        page = pages.paginate_queryset(support.list_requests(self.membership), request, view=self)
        return pages.get_paginated_response(SupportRequestOutput(page, many=True).data)

    @extend_schema(
        operation_id="teams_support_create",
        tags=TAGS,
        summary="Ask the support",
        description="With the priority of the team's plan. Answered by mail and here.",
        request=AskSupportInput,
        responses={
            201: SupportRequestOutput,
            **refusals(errors.SupportTextInvalid, errors.TooManySupportRequests),
        },
    )
    @idempotent()
    def post(self, request: Request) -> Response:
        given = AskSupportInput(data=request.data)
        given.is_valid(raise_exception=True)
        asked = support.ask_support(self.membership, **given.validated_data)
        return Response(SupportRequestOutput(asked).data, status=status.HTTP_201_CREATED)


class SupportRequestView(TeamAPIView):
    """One matter."""

    permission = {"GET": Permission.TEAM_VIEW, "DELETE": Permission.TEAM_VIEW}

    @extend_schema(
        operation_id="teams_support_retrieve",
        tags=TAGS,
        summary="Read a support request",
        responses={200: SupportRequestOutput, **refusals(errors.SupportRequestNotFound)},
    )
    def get(self, request: Request, request_id: int) -> Response:
        return Response(SupportRequestOutput(support.get_request(self.membership, request_id)).data)

    @extend_schema(
        operation_id="teams_support_close",
        tags=TAGS,
        summary="Close a support request",
        description="It stays readable, and opens again when you write to it.",
        responses={204: None, **refusals(errors.SupportRequestNotFound)},
    )
    def delete(self, request: Request, request_id: int) -> Response:
        support.settle_request(self.membership, request_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SupportMessagesView(TeamAPIView):
    """What is said in one."""

    permission = {"POST": Permission.TEAM_VIEW}

    @extend_schema(
        operation_id="teams_support_write",
        tags=TAGS,
        summary="Write to a support request again",
        request=WriteAgainInput,
        responses={
            201: SupportRequestOutput,
            **refusals(errors.SupportTextInvalid, errors.SupportRequestNotFound, errors.SupportRequestFull),
        },
    )
    @idempotent()
    def post(self, request: Request, request_id: int) -> Response:
        given = WriteAgainInput(data=request.data)
        given.is_valid(raise_exception=True)
        support.write_again(self.membership, request_id, **given.validated_data)
        asked = support.get_request(self.membership, request_id)
        return Response(SupportRequestOutput(asked).data, status=status.HTTP_201_CREATED)
