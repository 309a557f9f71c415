"""allauth's views of the second factor, stricter: who changes one has proved who they are, and one change at a time."""

from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.headless.base.response import APIResponse, ConflictResponse
from allauth.headless.base.views import AuthenticatedAPIView
from allauth.headless.mfa import views
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from allauth.mfa.webauthn.internal.flows import add_authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from apps.accounts.forms import (
    ActivateTOTPInput,
    AddKeyInput,
    AuthenticateInput,
    AuthenticateKeyInput,
    ReauthenticateInput,
    ReauthenticateKeyInput,
)
from apps.accounts.models import User

MAX_KEYS = 20


class AuthenticateView(views.AuthenticateView):
    input_class = AuthenticateInput


class ReauthenticateView(views.ReauthenticateView):
    input_class = ReauthenticateInput


class _Guarded(AuthenticatedAPIView):
    """Before anything else is read."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
        return self.refuse(request) or super().handle(request, *args, **kwargs)

    def refuse(self, request: HttpRequest) -> HttpResponse | None:
        """What speaks against it under the user's lock."""
        return None


class TotpView(_Guarded, views.ManageTOTPView):
    """GET makes a secret and keeps it in the session, POST takes its first code, DELETE removes the app."""

    input_class = {"POST": ActivateTOTPInput}

    def refuse(self, request: HttpRequest) -> HttpResponse | None:
        exists = self._get_authenticator() is not None
        if request.method == "DELETE":
            return None if exists else APIResponse(request, status=HTTPStatus.NOT_FOUND)
        if exists:
            return ConflictResponse(request)
        begun = request.method == "GET" or SECRET_SESSION_KEY in request.session
        return None if begun else APIResponse(request, status=HTTPStatus.GONE)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return APIResponse(request, data={"recovery_codes": reveal(activate_totp(request, self.input)[1])})


class RecoveryCodesView(_Guarded, views.ManageRecoveryCodesView):
    """POST makes new ones; the former stop working."""


class AuthenticateKeyView(views.AuthenticateWebAuthnView):
    input_class = {"POST": AuthenticateKeyInput}


class ReauthenticateKeyView(views.ReauthenticateWebAuthnView):
    input_class = {"POST": ReauthenticateKeyInput}


class KeysView(_Guarded, views.ManageWebAuthnView):
    """GET makes a challenge and keeps it in the session, POST takes the key that answers it, PUT renames, DELETE."""

    input_class = {**views.ManageWebAuthnView.input_class, "POST": AddKeyInput}

    def refuse(self, request: HttpRequest) -> HttpResponse | None:
        if request.method in {"GET", "POST"} and self._count_keys(request) >= MAX_KEYS:
            return APIResponse(request, errors=[{"code": "too_many_keys"}], status=HTTPStatus.CONFLICT)
        begun = request.method != "POST" or STATE_SESSION_KEY in request.session
        return None if begun else APIResponse(request, status=HTTPStatus.GONE)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = self.input.cleaned_data
        key, codes = add_authenticator(request, name=given["name"], credential=given["credential"])
        return APIResponse(request, data={"id": key.pk, "recovery_codes": reveal(codes)})

    def _count_keys(self, request: HttpRequest) -> int:
        return Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN).count()


def reveal(codes: Authenticator | None) -> list[str] | None:
    """Fresh recovery codes, which are shown this one time; None where there were some already."""
    if codes is None:
        return None
    codes.wrap().mark_as_viewed()
    shown: list[str] = codes.wrap().get_unused_codes()
    return shown
