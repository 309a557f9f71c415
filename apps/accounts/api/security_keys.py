"""Security keys and passkeys of a signed-in user, and the challenges they answer."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import errors
from apps.accounts.selectors import get_factors
from apps.accounts.services.security_keys import (
    add_key,
    begin_key,
    begin_key_confirmation,
    begin_key_sign_in,
    remove_key,
    rename_key,
)
from apps.core.api.schema import refusals
from apps.core.errors import DomainError, InvalidInput

from .base import PublicAuthView, signed_in_user
from .credentials import NewCredentialInput
from .factors import CONFIRMED, TAGS, FactorView, SecurityKeyOutput

Plain = serializers.Serializer[Any]


class KeyOptionsOutput(Plain):
    options = serializers.DictField(help_text="`{publicKey}` in WebAuthn's JSON form, with the challenge.")


class SecurityKeysOutput(Plain):
    results = SecurityKeyOutput(many=True)
    next = serializers.CharField(allow_null=True)


class KeyAddedOutput(SecurityKeyOutput):
    recovery_codes = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Shown this once; null when there were some before."
    )


class AddKeyInput(Plain):
    name = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    credential = NewCredentialInput()


class RenameKeyInput(Plain):
    name = serializers.CharField(max_length=100)


class MfaTokenInput(Plain):
    mfa_token = serializers.CharField(max_length=500, help_text="What `login` answered with.")


class KeysView(FactorView):
    """All of them, 20 at most."""

    @extend_schema(
        operation_id="auth_mfa_webauthn_list",
        tags=TAGS,
        summary="List the security keys",
        responses={200: SecurityKeysOutput},
    )
    def get(self, request: Request) -> Response:
        keys = get_factors(user=signed_in_user(request)).webauthn
        return Response(SecurityKeysOutput({"results": keys, "next": None}).data)

    @extend_schema(
        operation_id="auth_mfa_webauthn_add",
        tags=TAGS,
        summary="Add the security key that answered the challenge",
        description=CONFIRMED,
        request=AddKeyInput,
        responses={
            201: KeyAddedOutput,
            **refusals(
                errors.CodeInvalid, errors.CodeExpired, errors.FactorExists, errors.EmailPending, errors.TooManyKeys
            ),
        },
    )
    def post(self, request: Request) -> Response:
        given = AddKeyInput(data=request.data)
        given.is_valid(raise_exception=True)
        added = add_key(request._request, **self.caller(), **given.validated_data)
        keys = get_factors(user=signed_in_user(request)).webauthn
        shown = SecurityKeyOutput(next(key for key in keys if key.id == added.key_id)).data
        return Response({**shown, "recovery_codes": added.recovery_codes}, status=status.HTTP_201_CREATED)


class KeyOptionsView(FactorView):
    """The challenge of a new key."""

    @extend_schema(
        operation_id="auth_mfa_webauthn_begin",
        tags=TAGS,
        summary="Begin to add a security key",
        description=(
            "For `navigator.credentials.create`; `mfa/webauthn` of this session takes what it gives. Needs "
            "`auth/reauthenticate` within the last five minutes."
        ),
        request=None,
        responses={200: KeyOptionsOutput, **refusals(errors.EmailPending, errors.TooManyKeys)},
    )
    def post(self, request: Request) -> Response:
        return Response({"options": begin_key(request._request, **self.caller())})


class KeyView(FactorView):
    """One of them."""

    @extend_schema(
        operation_id="auth_mfa_webauthn_rename",
        tags=TAGS,
        summary="Rename a security key",
        request=RenameKeyInput,
        responses={200: SecurityKeyOutput, **refusals(errors.FactorUnknown)},
    )
    def patch(self, request: Request, key_id: int) -> Response:
        given = RenameKeyInput(data=request.data)
        given.is_valid(raise_exception=True)
        rename_key(request._request, **self.caller(), key_id=key_id, name=given.validated_data["name"])
        keys = get_factors(user=signed_in_user(request)).webauthn
        return Response(SecurityKeyOutput(next(key for key in keys if key.id == key_id)).data)

    @extend_schema(
        operation_id="auth_mfa_webauthn_remove",
        tags=TAGS,
        summary="Remove a security key",
        description=f"Recovery codes go with the last factor. {CONFIRMED}",
        responses={204: None, **refusals(errors.FactorUnknown)},
    )
    def delete(self, request: Request, key_id: int) -> Response:
        remove_key(request._request, **self.caller(), key_id=key_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ConfirmationOptionsView(FactorView):
    """The challenge of a confirmation."""

    @classmethod
    def list_refusals(cls, method: str) -> tuple[type[DomainError], ...]:
        return (*errors.SIGNED_OUT, errors.TooManyAttempts)

    @extend_schema(
        operation_id="auth_reauthenticate_webauthn",
        tags=TAGS,
        summary="Begin to confirm the session by a security key",
        description="For `navigator.credentials.get`; `reauthenticate` of this session takes what it gives.",
        request=None,
        responses={200: KeyOptionsOutput},
    )
    def post(self, request: Request) -> Response:
        return Response({"options": begin_key_confirmation(request._request, **self.caller())})


class SignInOptionsView(PublicAuthView):
    """The challenge of a sign-in."""

    @extend_schema(
        operation_id="auth_login_mfa_webauthn",
        tags=TAGS,
        summary="Begin to finish a sign-in by a security key",
        description="For `navigator.credentials.get`; `login/mfa` takes what it gives.",
        request=MfaTokenInput,
        responses={
            200: KeyOptionsOutput,
            **refusals(InvalidInput, errors.CodeExpired, errors.CredentialInvalid),
        },
    )
    def post(self, request: Request) -> Response:
        given = MfaTokenInput(data=request.data)
        given.is_valid(raise_exception=True)
        return Response({"options": begin_key_sign_in(request._request, **given.validated_data)})
