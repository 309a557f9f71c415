"""Setting a second factor up and taking it away. allauth mails the owner about each change.

Everything here asks for a proof of who the user is within the last five minutes (`auth/reauthenticate`); a fresh
sign-in is none, as on the pages.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest

from apps.accounts import errors
from apps.accounts.gateways import Answer, call_signed_in
from apps.accounts.gateways.limits import count_attempt
from apps.accounts.models import User

from .answers import Attempt, raise_refusal
from .factor_views import RecoveryCodesView, TotpView

_CODES = {
    "unverified_email": errors.EmailPending,
    "cannot_generate_recovery_codes": errors.FactorMissing,
    "key_known": errors.FactorExists,
    "too_many_keys": errors.TooManyKeys,
    "invalid_choice": errors.FactorUnknown,
}


@dataclass(frozen=True)
class TotpSetup:
    """What an authenticator app needs; the secret waits in the session for its first code."""

    secret: str
    otpauth_url: str


def begin_totp(request: HttpRequest, *, user: User, session_key: str) -> TotpSetup:
    """A new secret for an authenticator app; a former one that waits for its first code is dropped.

    Raises `ReauthenticationRequired`, `FactorExists`, `EmailPending`, `TooManyAttempts`.
    """
    attempt = begin_change(request, user=user, session_key=session_key)
    answer = call_signed_in(TotpView, request, {}, session_key=session_key, method="GET")
    if "secret" not in answer.meta:
        raise_factor_refusal(answer, attempt)
    return TotpSetup(secret=answer.meta["secret"], otpauth_url=answer.meta["totp_url"])


def confirm_totp(request: HttpRequest, *, user: User, session_key: str, code: str) -> list[str] | None:
    """Turn the app on by its first code. Returns recovery codes, once; None when the user had some before.

    Raises `ReauthenticationRequired`, `FactorExists`, `CodeInvalid`, `CodeExpired` when no secret waits in this
    session, `EmailPending`, `TooManyAttempts`.
    """
    attempt = Attempt(request, ["login_failed"], session_key=session_key, user=user, limit_key=code_limit_key(user))
    answer = call_signed_in(TotpView, request, {"code": code}, session_key=session_key)
    raise_factor_refusal(answer, attempt)
    codes: list[str] | None = answer.data["recovery_codes"]
    return codes


def remove_totp(request: HttpRequest, *, user: User, session_key: str) -> None:
    """Take the app away; recovery codes go with the last factor. Sessions it opened are no longer of two factors.

    Raises `ReauthenticationRequired`, `FactorUnknown`, `TooManyAttempts`.
    """
    attempt = begin_change(request, user=user, session_key=session_key)
    raise_factor_refusal(call_signed_in(TotpView, request, {}, session_key=session_key, method="DELETE"), attempt)


def renew_recovery_codes(request: HttpRequest, *, user: User, session_key: str) -> list[str]:
    """New recovery codes, shown once; the former stop working.

    Raises `ReauthenticationRequired`, `FactorMissing` without a factor they could stand in for, `TooManyAttempts`.
    """
    attempt = begin_change(request, user=user, session_key=session_key)
    answer = call_signed_in(RecoveryCodesView, request, {}, session_key=session_key)
    raise_factor_refusal(answer, attempt)
    codes: list[str] = answer.data["unused_codes"]
    return codes


def begin_change(request: HttpRequest, *, user: User, session_key: str) -> Attempt:
    """Count a change that checks no code and yet sends mails. Raises `TooManyAttempts`."""
    attempt = Attempt(request, ["change_factors"], session_key=session_key, user=user)
    if not count_attempt(request, action="change_factors", user=user):
        raise attempt.refuse_limited()
    return attempt


def code_limit_key(user: User) -> str:
    """Under which allauth counts the wrong codes of a user, those of a sign-in too."""
    return f"mfa-auth-user-{user.pk}"


def raise_factor_refusal(answer: Answer, attempt: Attempt) -> None:
    """Raise what an answer about factors refuses with; return when it is a success."""
    if answer.status == HTTPStatus.UNAUTHORIZED:
        raise errors.ReauthenticationRequired if answer.meta.get("is_authenticated") else errors.CredentialInvalid
    if answer.status == HTTPStatus.NOT_FOUND:
        raise errors.FactorUnknown
    for code, refusal in _CODES.items():
        if code in answer.codes:
            raise refusal
    if answer.status == HTTPStatus.CONFLICT:
        raise errors.FactorExists
    raise_refusal(answer, attempt)
