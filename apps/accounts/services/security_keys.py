"""Security keys and passkeys as a second factor. The challenge of each ceremony waits in the session it began in."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from apps.accounts import errors
from apps.accounts.gateways import call_in_flow, call_signed_in
from apps.accounts.models import User

from .answers import Attempt, SecondFactorNeeded, SignedIn, raise_refusal, read_sign_in
from .factor_views import AuthenticateKeyView, KeysView, ReauthenticateKeyView
from .factors import begin_change, code_limit_key, raise_factor_refusal
from .flow_tokens import FlowKind, read_flow_token

Options = dict[str, Any]
Credential = dict[str, Any]


@dataclass(frozen=True)
class KeyAdded:
    """The new key, and recovery codes when the user had none before."""

    key_id: int
    recovery_codes: list[str] | None


def begin_key(request: HttpRequest, *, user: User, session_key: str) -> Options:
    """What `navigator.credentials.create` takes; a former challenge of this session is dropped.

    Raises `ReauthenticationRequired`, `EmailPending`, `TooManyKeys`, `TooManyAttempts`.
    """
    attempt = begin_change(request, user=user, session_key=session_key)
    answer = call_signed_in(KeysView, request, {}, session_key=session_key, method="GET")
    raise_factor_refusal(answer, attempt)
    options: Options = answer.data["creation_options"]
    return options


def add_key(request: HttpRequest, *, user: User, session_key: str, name: str, credential: Credential) -> KeyAdded:
    """Add the key that answered the challenge of this session. Without a name it gets one.

    Raises `ReauthenticationRequired`, `CodeInvalid` for an answer to another challenge, for another site or by a key
    that cannot be used, `CodeExpired` without a challenge, `FactorExists`, `EmailPending`, `TooManyKeys`,
    `TooManyAttempts`.
    """
    attempt = begin_change(request, user=user, session_key=session_key)
    answer = call_signed_in(KeysView, request, {"name": name, "credential": credential}, session_key=session_key)
    raise_factor_refusal(answer, attempt)
    return KeyAdded(key_id=answer.data["id"], recovery_codes=answer.data["recovery_codes"])


def rename_key(request: HttpRequest, *, user: User, session_key: str, key_id: int, name: str) -> None:
    """Raises `ReauthenticationRequired`, `FactorUnknown`, `TooManyAttempts`."""
    attempt = begin_change(request, user=user, session_key=session_key)
    payload = {"id": key_id, "name": name}
    raise_factor_refusal(call_signed_in(KeysView, request, payload, session_key=session_key, method="PUT"), attempt)


def remove_key(request: HttpRequest, *, user: User, session_key: str, key_id: int) -> None:
    """Take a key away; recovery codes go with the last factor. Sessions it opened are no longer of two factors.

    Raises `ReauthenticationRequired`, `FactorUnknown`, `TooManyAttempts`.
    """
    attempt = begin_change(request, user=user, session_key=session_key)
    payload = {"authenticators": [key_id]}
    raise_factor_refusal(call_signed_in(KeysView, request, payload, session_key=session_key, method="DELETE"), attempt)


def begin_key_sign_in(request: HttpRequest, *, mfa_token: str) -> Options:
    """What `navigator.credentials.get` takes to finish a sign-in. Raises `CodeExpired` for one that is over."""
    session_key = read_flow_token(FlowKind.SECOND_FACTOR, mfa_token)
    answer = call_in_flow(AuthenticateKeyView, request, {}, session_key=session_key, method="GET")
    if not session_key or not answer.ok:
        raise errors.CodeExpired
    options: Options = answer.data["request_options"]
    return options


def sign_in_by_key(request: HttpRequest, *, mfa_token: str, credential: Credential) -> SignedIn | SecondFactorNeeded:
    """Finish a sign-in by a key. Raises `CodeInvalid`, `CodeExpired` for a sign-in that is over, `TooManyAttempts`."""
    session_key = read_flow_token(FlowKind.SECOND_FACTOR, mfa_token)
    if not session_key:
        raise errors.CodeExpired
    attempt = Attempt(request, ["login_failed"], session_key=session_key)
    payload = {"credential": credential}
    return read_sign_in(call_in_flow(AuthenticateKeyView, request, payload, session_key=session_key), attempt)


def begin_key_confirmation(request: HttpRequest, *, user: User, session_key: str) -> Options:
    """What `navigator.credentials.get` takes to confirm this session. Raises `TooManyAttempts`."""
    attempt = begin_change(request, user=user, session_key=session_key)
    answer = call_signed_in(ReauthenticateKeyView, request, {}, session_key=session_key, method="GET")
    raise_factor_refusal(answer, attempt)
    options: Options = answer.data["request_options"]
    return options


def reauthenticate_by_key(request: HttpRequest, *, user: User, session_key: str, credential: Credential) -> None:
    """Note in the session that the user has just proved who they are. Raises `CodeInvalid`, `TooManyAttempts`."""
    answer = call_signed_in(ReauthenticateKeyView, request, {"credential": credential}, session_key=session_key)
    raise_refusal(answer, Attempt(request, ["login_failed"], user=user, limit_key=code_limit_key(user)))
