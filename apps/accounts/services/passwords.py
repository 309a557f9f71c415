"""Forgotten, reset, changed, confirmed."""

from allauth.headless.account.views import (
    ChangePasswordView,
    ReauthenticateView,
    RequestPasswordResetView,
    ResetPasswordView,
)
from django.http import HttpRequest

from apps.accounts.errors import CodeExpired, CredentialInvalid
from apps.accounts.gateways import call_in_flow, call_signed_in
from apps.accounts.gateways.sessions import find_session
from apps.accounts.models import User
from apps.accounts.tokens import RotatingTokenStrategy

from .answers import Attempt, FlowBegun, begin_flow, raise_refusal
from .factor_views import ReauthenticateView as FactorReauthenticateView
from .factors import code_limit_key
from .flow_tokens import FlowKind, find_flow


def request_password_reset(request: HttpRequest, *, email: str) -> FlowBegun:
    """Send a code to the address; an unknown address gets the same answer and a mail that says so.

    Raises `InvalidInput` (not an address), `TooManyAttempts`.
    """
    attempt = Attempt(request, ["reset_password"], email=email)
    answer = call_in_flow(RequestPasswordResetView, request, {"email": email})
    raise_refusal(answer, attempt)
    return begin_flow(FlowKind.RESET_PASSWORD, answer, attempt)


def reset_password(request: HttpRequest, *, code: str, password: str, flow_token: str = "", email: str = "") -> None:
    """Set a new password by the code. Ends every session of the user; signs nobody in.

    Raises `CodeInvalid`, `CodeExpired` (used, older than 15 minutes, three wrong codes), `InvalidInput` (weak
    password; the code can be used again), `TooManyAttempts`.
    """
    session_key = find_flow(FlowKind.RESET_PASSWORD, request, token=flow_token, email=email)
    if not session_key:
        raise CodeExpired
    answer = call_in_flow(ResetPasswordView, request, {"key": code, "password": password}, session_key=session_key)
    raise_refusal(answer, Attempt(request, ["reset_password_from_key"]))


def change_password(
    request: HttpRequest, *, user: User, session_key: str, current_password: str, new_password: str
) -> tuple[str, str] | None:
    """Change the password of a signed-in user and end all other sessions at once.

    The current session goes on under a new key, so a token client gets new tokens (None for the cookie).
    Raises `PasswordWrong`, `InvalidInput` (weak password), `TooManyAttempts`.
    """
    payload = {"current_password": current_password, "new_password": new_password}
    answer = call_signed_in(ChangePasswordView, request, payload, session_key=session_key)
    raise_refusal(answer, Attempt(request, ["change_password"], user=user))
    if not session_key:
        return None
    session = find_session(str(answer.meta.get("session_token") or session_key))
    if session is None:
        raise CredentialInvalid
    return RotatingTokenStrategy().issue(user=User.objects.get(pk=user.pk), session=session)


def reauthenticate(request: HttpRequest, *, user: User, session_key: str, password: str) -> None:
    """Note in the session that the user has just proved who they are. Raises `PasswordWrong`, `TooManyAttempts`."""
    answer = call_signed_in(ReauthenticateView, request, {"password": password}, session_key=session_key)
    raise_refusal(answer, Attempt(request, ["reauthenticate"], user=user))


def reauthenticate_by_code(request: HttpRequest, *, user: User, session_key: str, code: str) -> None:
    """The same by the second factor: from then on the session is one of two factors. A code counts once.

    Raises `CodeInvalid` (also for somebody who has no factor), `TooManyAttempts`.
    """
    answer = call_signed_in(FactorReauthenticateView, request, {"code": code}, session_key=session_key)
    raise_refusal(answer, Attempt(request, ["login_failed"], user=user, limit_key=code_limit_key(user)))
