"""`users`: found, read, closed and opened."""

from typing import cast

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.admin import errors
from apps.admin.selectors import get_user, list_users
from apps.admin.services import set_user_active
from apps.core.api.schema import PAGE, page_of, refusals
from apps.jobs.idempotency import idempotent

from .base import TAGS, OperatorAPIView
from .serializers import OperatorUserDetailOutput, OperatorUserOutput, ReasonInput, UsersInput

REFUSED = refusals(errors.UserUnknown, errors.UserProtected)


class UsersView(OperatorAPIView):
    """Every user."""

    @extend_schema(
        operation_id="admin_users_list",
        tags=TAGS,
        summary="Find users",
        parameters=[UsersInput, *PAGE],
        responses={200: page_of(OperatorUserOutput)},
    )
    def get(self, request: Request) -> Response:
        return self.show_page(list_users(**self.read(UsersInput)), OperatorUserOutput)


class UserView(OperatorAPIView):
    """One user."""

    @extend_schema(
        operation_id="admin_users_retrieve",
        tags=TAGS,
        summary="Read a user with his teams",
        responses={200: OperatorUserDetailOutput, **refusals(errors.UserUnknown)},
    )
    def get(self, request: Request, user_id: int) -> Response:
        return Response(OperatorUserDetailOutput(get_user(user_id)).data)


class UserDeactivateView(OperatorAPIView):
    @extend_schema(
        operation_id="admin_users_deactivate",
        tags=TAGS,
        summary="Close a user's account",
        description="Every session and token ends at once. Memberships stay.",
        request=ReasonInput,
        responses={200: OperatorUserDetailOutput, **REFUSED},
    )
    @idempotent()
    def post(self, request: Request, user_id: int) -> Response:
        reason = self.read(ReasonInput)["reason"]
        set_user_active(staff=cast("User", request.user), user_id=user_id, active=False, reason=reason)
        return Response(OperatorUserDetailOutput(get_user(user_id)).data)


class UserActivateView(OperatorAPIView):
    @extend_schema(
        operation_id="admin_users_activate",
        tags=TAGS,
        summary="Open a user's account again",
        request=ReasonInput,
        responses={200: OperatorUserDetailOutput, **REFUSED},
    )
    @idempotent()
    def post(self, request: Request, user_id: int) -> Response:
        reason = self.read(ReasonInput)["reason"]
        set_user_active(staff=cast("User", request.user), user_id=user_id, active=True, reason=reason)
        return Response(OperatorUserDetailOutput(get_user(user_id)).data)
