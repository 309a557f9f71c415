"""Sign-up, verification of the address, sign-in, refresh, sign-out."""

from http import HTTPStatus

from allauth.headless.account.views import LoginView, ResendEmailVerificationCodeView, SignupView, VerifyEmailView
from allauth.headless.constants import Flow
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from apps.accounts.errors import CodeExpired, CredentialInvalid
from apps.accounts.forms import SignupInput
from apps.accounts.gateways import call_in_flow
from apps.accounts.models import User
from apps.accounts.tokens import RotatingTokenStrategy

from .answers import Attempt, FlowBegun, SecondFactorNeeded, SignedIn, begin_flow, raise_refusal, read_sign_in
from .factor_views import AuthenticateView
from .flow_tokens import FlowKind, find_flow, read_flow_token
from .sessions import end_session_by_key


class _SignupView(SignupView):
    input_class = {"POST": SignupInput}


def sign_up(request: HttpRequest, *, email: str, password: str, full_name: str = "") -> FlowBegun:
    """Create an account and send a code to its address. A known address gets the same answer and another mail.

    Raises `InvalidInput` (weak password, not an address), `TooManyAttempts`, `SignupClosed`.
    """
    attempt = Attempt(request, ["signup", "confirm_email"], email=email)
    answer = call_in_flow(_SignupView, request, {"email": email, "password": password, "full_name": full_name})
    raise_refusal(answer, attempt)
    if not answer.find_pending(Flow.VERIFY_EMAIL):
        raise attempt.refuse_limited()
    return begin_flow(FlowKind.VERIFY_EMAIL, answer, attempt)


def verify_email(
    request: HttpRequest, *, code: str, flow_token: str = "", email: str = ""
) -> SignedIn | SecondFactorNeeded:
    """Confirm the address by the code that was sent to it, and sign in. allauth's `email_confirmed` tells the rest.

    Raises `CodeInvalid`, and `CodeExpired` for a flow that is over: used, older than 15 minutes, three wrong codes.
    """
    session_key = _find_flow(request, token=flow_token, email=email)
    attempt = Attempt(request, [], email=email, session_key=session_key)
    return read_sign_in(call_in_flow(VerifyEmailView, request, {"key": code}, session_key=session_key), attempt)


def resend_code(request: HttpRequest, *, flow_token: str = "", email: str = "") -> FlowBegun:
    """Send another code for the flow; the former one stops working. Raises `CodeExpired`, `TooManyAttempts`."""
    session_key = _find_flow(request, token=flow_token, email=email)
    attempt = Attempt(request, ["confirm_email"], email=email, session_key=session_key)
    answer = call_in_flow(ResendEmailVerificationCodeView, request, {}, session_key=session_key)
    raise_refusal(answer, attempt)
    return begin_flow(FlowKind.VERIFY_EMAIL, answer, attempt)


def sign_in(request: HttpRequest, *, email: str, password: str) -> SignedIn | SecondFactorNeeded:
    """Begin a session by address and password.

    Raises `InvalidCredentials` (wrong, unknown and deactivated alike), `EmailUnverified`, `TooManyAttempts`.
    """
    attempt = Attempt(request, ["login", "login_failed", "confirm_email"], email=email)
    answer = call_in_flow(LoginView, request, {"email": email, "password": password})
    if answer.status == HTTPStatus.BAD_REQUEST and any(error.get("param") == "email" for error in answer.errors):
        # Not an address at all: nobody's.
        answer = type(answer)(status=answer.status, errors=[{"code": "email_password_mismatch"}])
    return read_sign_in(answer, attempt)


def confirm_second_factor(request: HttpRequest, *, mfa_token: str, code: str) -> SignedIn | SecondFactorNeeded:
    """Finish a sign-in by a code of the authenticator app, or a recovery code.

    Raises `CodeInvalid`, `CodeExpired` for a sign-in that is over or was finished, `TooManyAttempts`.
    """
    session_key = read_flow_token(FlowKind.SECOND_FACTOR, mfa_token)
    if not session_key:
        raise CodeExpired
    attempt = Attempt(request, ["login_failed"], session_key=session_key)
    return read_sign_in(call_in_flow(AuthenticateView, request, {"code": code}, session_key=session_key), attempt)


def refresh_tokens(*, refresh: str) -> tuple[str, str]:
    """A new access and refresh token; the given one stops working. Raises `CredentialInvalid`.

    Safe in parallel: within 10 seconds a rotated token gets the same new tokens. Later use ends the whole session.
    """
    pair = RotatingTokenStrategy().refresh_token(refresh)
    if pair is None:
        raise CredentialInvalid
    return pair


def sign_out(request: HttpRequest, *, user: User, session_key: str) -> None:
    """End the session of the access token, or without one that of the cookie, at once."""
    if not session_key:
        logout(request)
        return
    end_session_by_key(session_key)
    user_logged_out.send(sender=User, request=request, user=user)


def _find_flow(request: HttpRequest, *, token: str, email: str) -> str:
    session_key = find_flow(FlowKind.VERIFY_EMAIL, request, token=token, email=email)
    if not session_key:
        raise CodeExpired
    return session_key
