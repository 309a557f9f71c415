"""What an answer of allauth means here: tokens, a further step, or a refusal with a stable code."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from allauth.headless.constants import Flow
from django.http import HttpRequest

from apps.accounts import errors
from apps.accounts.access.bearers import find_bearer
from apps.accounts.gateways import Answer
from apps.accounts.gateways.limits import seconds_to_wait
from apps.accounts.models import User
from apps.core.errors import InvalidInput

from .flow_tokens import FlowKind, make_flow_token, remember_flow

_LIMIT_CODES = {"too_many_login_attempts", "rate_limited"}
_WRONG_PASSWORD_CODES = {"incorrect_password", "enter_current_password"}
_FIELDS = {"key": "code", "__all__": "non_field_errors"}


@dataclass(frozen=True)
class SignedIn:
    """A session has begun; these are its tokens."""

    user: User
    access: str
    refresh: str


@dataclass(frozen=True)
class SecondFactorNeeded:
    """The password was right; `mfa_token` continues with a second factor of these methods."""

    mfa_token: str
    methods: list[str]


@dataclass(frozen=True)
class FlowBegun:
    """A code is on its way, or is said to be: unknown addresses get the same answer."""

    email: str
    flow_token: str
    expires_in: int


@dataclass(frozen=True)
class Attempt:
    """One call of a flow: who called, in which session, under which limits."""

    request: HttpRequest
    actions: list[str]
    email: str = ""
    session_key: str = ""
    user: User | None = None
    limit_key: str = ""

    def refuse_limited(self) -> errors.TooManyAttempts:
        key = self.limit_key or self.email.lower()
        wait = seconds_to_wait(self.request, actions=self.actions, key=key, user=self.user)
        return errors.TooManyAttempts(retry_after=wait)


def raise_refusal(answer: Answer, attempt: Attempt) -> None:
    """Raise what the answer refuses with; return when it is a success or asks for a further step."""
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.codes & _LIMIT_CODES:
        raise attempt.refuse_limited()
    if answer.status in {HTTPStatus.CONFLICT, HTTPStatus.GONE}:
        raise errors.CodeExpired
    if answer.status == HTTPStatus.FORBIDDEN:
        raise errors.SignupClosed
    if answer.errors:
        raise _read_errors(answer)


def _read_errors(answer: Answer) -> Exception:
    if "email_password_mismatch" in answer.codes:
        return errors.InvalidCredentials()
    if "incorrect_code" in answer.codes:
        # Alone: what else is wrong (a weak password) is only judged for accounts that exist.
        return errors.CodeInvalid()
    if answer.codes & _WRONG_PASSWORD_CODES:
        return errors.PasswordWrong()
    details: dict[str, list[str]] = {}
    for error in answer.errors:
        name = error.get("param", "non_field_errors")
        details.setdefault(_FIELDS.get(name, name), []).append(error.get("message", ""))
    return InvalidInput(details=details)


def read_sign_in(answer: Answer, attempt: Attempt) -> SignedIn | SecondFactorNeeded:
    """The outcome of a sign-in or verification. Raises the refusals of `raise_refusal`, `EmailUnverified` with the
    flow to go on with, and `InvalidCredentials` for a deactivated account."""
    raise_refusal(answer, attempt)
    if answer.ok:
        return _read_tokens(answer.meta)
    if factor := answer.find_pending(Flow.MFA_AUTHENTICATE):
        token = make_flow_token(FlowKind.SECOND_FACTOR, _session_key(answer, attempt))
        return SecondFactorNeeded(mfa_token=token, methods=[str(method) for method in factor.get("types", [])])
    if answer.find_pending(Flow.VERIFY_EMAIL):
        begun = begin_flow(FlowKind.VERIFY_EMAIL, answer, attempt)
        raise errors.EmailUnverified(details={"flow_token": begun.flow_token, "expires_in": begun.expires_in})
    raise errors.InvalidCredentials


def begin_flow(kind: FlowKind, answer: Answer, attempt: Attempt) -> FlowBegun:
    """Name the flow that the answer's session carries on."""
    session_key = _session_key(answer, attempt)
    remember_flow(kind, attempt.request, email=attempt.email, session_key=session_key)
    return FlowBegun(attempt.email, make_flow_token(kind, session_key), kind.seconds)


def _session_key(answer: Answer, attempt: Attempt) -> str:
    return str(answer.meta.get("session_token") or attempt.session_key)


def _read_tokens(meta: dict[str, Any]) -> SignedIn:
    access, refresh = meta["access_token"], meta["refresh_token"]
    bearer = find_bearer(access)
    if bearer is None:  # deactivated since the password was checked
        raise errors.InvalidCredentials
    return SignedIn(user=bearer.user, access=access, refresh=refresh)
