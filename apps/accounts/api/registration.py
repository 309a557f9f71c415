"""Sign-up and passwords: the routes of somebody who is not signed in yet."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import errors
from apps.accounts.services.passwords import request_password_reset, reset_password
from apps.accounts.services.signing_in import refresh_tokens, resend_code, sign_up
from apps.core.api.schema import refusals
from apps.core.api.throttling import CredentialThrottle
from apps.core.errors import InvalidInput

from .base import PublicAuthView
from .serializers import (
    EmailInput,
    FlowInput,
    FlowOutput,
    RefreshInput,
    ResetPasswordInput,
    SignupInput,
    TokensOutput,
)

TAGS = ["auth"]


class SignupView(PublicAuthView):
    """Create an account."""

    @extend_schema(
        operation_id="auth_signup",
        tags=TAGS,
        summary="Sign up",
        description="Sends a code to the address. A known address gets the same answer and another mail.",
        request=SignupInput,
        responses={
            202: FlowOutput,
            **refusals(InvalidInput, errors.CredentialInvalid, errors.SignupClosed, errors.TooManyAttempts),
        },
    )
    def post(self, request: Request) -> Response:
        given = SignupInput(data=request.data)
        given.is_valid(raise_exception=True)
        begun = sign_up(request._request, **given.validated_data)
        return Response(FlowOutput(begun).data, status=status.HTTP_202_ACCEPTED)


class ResendView(PublicAuthView):
    """Another code."""

    @extend_schema(
        operation_id="auth_email_resend",
        tags=TAGS,
        summary="Send the verification code again",
        request=FlowInput,
        responses={
            202: FlowOutput,
            **refusals(errors.CodeExpired, errors.CredentialInvalid, errors.TooManyAttempts),
        },
    )
    def post(self, request: Request) -> Response:
        given = FlowInput(data=request.data)
        given.is_valid(raise_exception=True)
        begun = resend_code(request._request, **given.validated_data)
        return Response(FlowOutput(begun).data, status=status.HTTP_202_ACCEPTED)


class ForgotPasswordView(PublicAuthView):
    """Ask for a reset code."""

    @extend_schema(
        operation_id="auth_password_forgot",
        tags=TAGS,
        summary="Send a code to reset the password",
        description="The same answer for known and unknown addresses.",
        request=EmailInput,
        responses={
            202: FlowOutput,
            **refusals(InvalidInput, errors.CredentialInvalid, errors.TooManyAttempts),
        },
    )
    def post(self, request: Request) -> Response:
        given = EmailInput(data=request.data)
        given.is_valid(raise_exception=True)
        begun = request_password_reset(request._request, **given.validated_data)
        return Response(FlowOutput(begun).data, status=status.HTTP_202_ACCEPTED)


class ResetPasswordView(PublicAuthView):
    """Set a new password by code."""

    @extend_schema(
        operation_id="auth_password_reset",
        tags=TAGS,
        summary="Reset the password by code",
        description="Ends every session of the user and signs nobody in.",
        request=ResetPasswordInput,
        responses={
            204: None,
            **refusals(
                InvalidInput,
                errors.CodeInvalid,
                errors.CodeExpired,
                errors.CredentialInvalid,
                errors.TooManyAttempts,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        given = ResetPasswordInput(data=request.data)
        given.is_valid(raise_exception=True)
        reset_password(request._request, **given.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RefreshView(PublicAuthView):
    """New tokens for old."""

    throttle_classes = [CredentialThrottle]

    @extend_schema(
        operation_id="auth_refresh",
        tags=TAGS,
        summary="Refresh the tokens",
        description=(
            "The given refresh token stops working. Within 10 seconds it is answered again with the same new tokens, "
            "so that two tabs do not sign each other out; later use ends the session."
        ),
        request=RefreshInput,
        responses={200: TokensOutput, **refusals(errors.CredentialInvalid, errors.TooManyAttempts)},
    )
    def post(self, request: Request) -> Response:
        given = RefreshInput(data=request.data)
        given.is_valid(raise_exception=True)
        access, refresh = refresh_tokens(refresh=given.validated_data["refresh"])
        return Response({"access": access, "refresh": refresh})
