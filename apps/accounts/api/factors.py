"""The second factors of a signed-in user."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import errors
from apps.accounts.access.bearers import Bearer
from apps.accounts.selectors import get_factors
from apps.accounts.services.factors import begin_totp, confirm_totp, remove_totp, renew_recovery_codes
from apps.core.api.schema import refusals
from apps.core.errors import DomainError

from .base import AuthView, signed_in_user
from .security import token_session_key

Plain = serializers.Serializer[Any]
TAGS = ["auth"]
CONFIRMED = "Needs `auth/reauthenticate` within the last five minutes. The owner of the account gets a mail."


class FactorOutput(Plain):
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class RecoveryCodesStateOutput(FactorOutput):
    total = serializers.IntegerField()
    unused = serializers.IntegerField()


class SecurityKeyOutput(FactorOutput):
    id = serializers.IntegerField()
    name = serializers.CharField()


class FactorsOutput(Plain):
    enabled = serializers.BooleanField(help_text="A sign-in asks for a second factor.")
    totp = FactorOutput(allow_null=True)
    recovery_codes = RecoveryCodesStateOutput(allow_null=True)
    webauthn = SecurityKeyOutput(many=True)


class TotpSetupOutput(Plain):
    secret = serializers.CharField(help_text="Base32; shown this once.")
    otpauth_url = serializers.CharField(help_text="For a QR code.")


class CodeOnlyInput(Plain):
    code = serializers.CharField(max_length=20, help_text="What the app shows.")


class FirstRecoveryCodesOutput(Plain):
    recovery_codes = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Shown this once; null when there were some before."
    )


class RecoveryCodesOutput(Plain):
    recovery_codes = serializers.ListField(child=serializers.CharField(), help_text="Shown this once.")


class OwnSession(BasePermission):
    """A person's own sign-in, by token or cookie: a key of a team never reaches the factors of whoever made it."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.auth is None or isinstance(request.auth, Bearer)


class FactorView(AuthView):
    """401 first, then `auth.reauthentication_required`, then the rest."""

    permission_classes = [IsAuthenticated, OwnSession]

    @classmethod
    def list_refusals(cls, method: str) -> tuple[type[DomainError], ...]:
        changes = () if method == "GET" else (errors.ReauthenticationRequired, errors.TooManyAttempts)
        return (*errors.SIGNED_OUT, *changes)

    def caller(self) -> dict[str, Any]:
        """Who asks, from which session: what every service of the factors takes."""
        return {"user": signed_in_user(self.request), "session_key": token_session_key(self.request)}


class FactorsView(FactorView):
    """What there is."""

    @extend_schema(
        operation_id="auth_mfa",
        tags=TAGS,
        summary="Read which second factors are set up",
        responses={200: FactorsOutput},
    )
    def get(self, request: Request) -> Response:
        return Response(FactorsOutput(get_factors(user=signed_in_user(request))).data)


class TotpView(FactorView):
    """An authenticator app."""

    @extend_schema(
        operation_id="auth_mfa_totp_begin",
        tags=TAGS,
        summary="Begin to set up an authenticator app",
        description=(
            "The secret counts in this session only, and only once `mfa/totp/confirm` was given its first code. "
            "Asking again drops it. Needs `auth/reauthenticate` within the last five minutes."
        ),
        request=None,
        responses={200: TotpSetupOutput, **refusals(errors.FactorExists, errors.EmailPending)},
    )
    def post(self, request: Request) -> Response:
        return Response(TotpSetupOutput(begin_totp(request._request, **self.caller())).data)

    @extend_schema(
        operation_id="auth_mfa_totp_remove",
        tags=TAGS,
        summary="Remove the authenticator app",
        description=f"Recovery codes go with the last factor. {CONFIRMED}",
        responses={204: None, **refusals(errors.FactorUnknown)},
    )
    def delete(self, request: Request) -> Response:
        remove_totp(request._request, **self.caller())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ConfirmTotpView(FactorView):
    """Its first code."""

    @extend_schema(
        operation_id="auth_mfa_totp_confirm",
        tags=TAGS,
        summary="Turn the authenticator app on by its first code",
        description=f"{CONFIRMED} The code does not count again. Wrong codes are limited, with those of sign-ins.",
        request=CodeOnlyInput,
        responses={
            200: FirstRecoveryCodesOutput,
            **refusals(errors.CodeInvalid, errors.CodeExpired, errors.FactorExists, errors.EmailPending),
        },
    )
    def post(self, request: Request) -> Response:
        given = CodeOnlyInput(data=request.data)
        given.is_valid(raise_exception=True)
        codes = confirm_totp(request._request, **self.caller(), code=given.validated_data["code"])
        return Response({"recovery_codes": codes})


class RecoveryCodesView(FactorView):
    """For when the device is lost."""

    @extend_schema(
        operation_id="auth_mfa_recovery_codes_renew",
        tags=TAGS,
        summary="Make new recovery codes",
        description=f"The former ones stop working. {CONFIRMED}",
        request=None,
        responses={200: RecoveryCodesOutput, **refusals(errors.FactorMissing)},
    )
    def post(self, request: Request) -> Response:
        return Response({"recovery_codes": renew_recovery_codes(request._request, **self.caller())})
