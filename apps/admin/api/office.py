"""`audit-log` and `support`."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.admin.selectors import list_audit, list_support
from apps.admin.services import answer_support, close_support
from apps.core.api.schema import PAGE, page_of, refusals
from apps.jobs.idempotency import idempotent
from apps.system.errors import SupportRequestNotFound, SupportTextInvalid

from .base import TAGS, OperatorAPIView
from .serializers import AnswerInput, AuditInput, AuditOutput, OperatorSupportOutput, SupportInput


class AuditLogView(OperatorAPIView):
    """What the staff did; nobody changes it."""

    @extend_schema(
        operation_id="admin_audit_log",
        tags=TAGS,
        summary="Read the audit trail",
        parameters=[AuditInput, *PAGE],
        responses={200: page_of(AuditOutput)},
    )
    def get(self, request: Request) -> Response:
        return self.show_page(list_audit(**self.read(AuditInput)), AuditOutput)


class OperatorSupportsView(OperatorAPIView):
    """What all teams brought."""

    @extend_schema(
        operation_id="admin_support_list",
        tags=TAGS,
        summary="List support requests of all teams",
        parameters=[SupportInput, *PAGE],
        responses={200: page_of(OperatorSupportOutput)},
    )
    def get(self, request: Request) -> Response:
        return self.show_page(list_support(**self.read(SupportInput)), OperatorSupportOutput)


class OperatorSupportAnswerView(OperatorAPIView):
    @extend_schema(
        operation_id="admin_support_answer",
        tags=TAGS,
        summary="Answer a support request",
        description="Mailed to the member, and shown on the team's page.",
        request=AnswerInput,
        responses={200: OperatorSupportOutput, **refusals(SupportRequestNotFound, SupportTextInvalid)},
    )
    @idempotent()
    def post(self, request: Request, request_id: int) -> Response:
        text = self.read(AnswerInput)["text"]
        answered = answer_support(staff=cast("User", request.user), request_id=request_id, text=text)
        return Response(OperatorSupportOutput(answered).data)


class OperatorSupportCloseView(OperatorAPIView):
    @extend_schema(
        operation_id="admin_support_close",
        tags=TAGS,
        summary="Close a support request",
        request=None,
        responses={200: OperatorSupportOutput, **refusals(SupportRequestNotFound)},
    )
    @idempotent()
    def post(self, request: Request, request_id: int) -> Response:
        """It opens again when the member writes."""
        closed = close_support(staff=cast("User", request.user), request_id=request_id)
        return Response(OperatorSupportOutput(closed).data)
