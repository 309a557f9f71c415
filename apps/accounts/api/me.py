"""The signed-in user."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import errors
from apps.accounts.services.profile import update_me
from apps.core.api.schema import refusals
from apps.core.errors import InvalidInput

from .base import AuthView, signed_in_user
from .serializers import MeInput, MeOutput


class MeView(AuthView):
    """Who is asking."""

    @extend_schema(
        operation_id="auth_me",
        tags=["auth"],
        summary="Read the signed-in user",
        responses={200: MeOutput, **refusals(*errors.SIGNED_OUT)},
    )
    def get(self, request: Request) -> Response:
        return Response(MeOutput(request.user).data)

    @extend_schema(
        operation_id="auth_me_update",
        tags=["auth"],
        summary="Change name, language or time zone",
        request=MeInput,
        responses={200: MeOutput, **refusals(InvalidInput, *errors.SIGNED_OUT)},
    )
    def patch(self, request: Request) -> Response:
        given = MeInput(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(MeOutput(update_me(user=signed_in_user(request), changes=given.validated_data)).data)
