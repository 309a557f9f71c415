"""A flow of several requests (sign up, then verify) without a cookie: its token stands for the session it began in.

The token holds the session's key encrypted, so it is of no use as a cookie. A client that lost it may name the e-mail
address instead, from the same network address: anybody else could end the flow by wrong codes.
"""

import hashlib
from enum import StrEnum

from allauth.core.internal import ratelimit
from allauth.headless.tokens.strategies.jwt import internal
from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest


class FlowKind(StrEnum):
    VERIFY_EMAIL = "verify"
    RESET_PASSWORD = "reset"  # noqa: S105
    SECOND_FACTOR = "mfa"

    @property
    def seconds(self) -> int:
        """How long its codes can be used."""
        if self is FlowKind.RESET_PASSWORD:
            return int(settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT)
        return int(settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT)


def make_flow_token(kind: FlowKind, session_key: str) -> str:
    return _signer(kind).sign(internal.session_key_to_sid(session_key))


def read_flow_token(kind: FlowKind, token: str) -> str:
    """The session's key, or "" for a token that is forged, too old or of another kind."""
    try:
        sid = _signer(kind).unsign(token, max_age=settings.SESSION_COOKIE_AGE)
    except BadSignature:
        return ""
    return internal.session_key_from_sid(sid) or ""


def remember_flow(kind: FlowKind, request: HttpRequest, *, email: str, session_key: str) -> None:
    cache.set(_flow_key(kind, request, email), session_key, kind.seconds)


def find_flow(kind: FlowKind, request: HttpRequest, *, token: str, email: str) -> str:
    """The session key of the flow that a client means, or ""."""
    if token:
        return read_flow_token(kind, token)
    return str(cache.get(_flow_key(kind, request, email)) or "") if email else ""


def _signer(kind: FlowKind) -> TimestampSigner:
    return TimestampSigner(salt=f"accounts.flow.{kind}")


def _flow_key(kind: FlowKind, request: HttpRequest, email: str) -> str:
    meant = f"{email.strip().lower()}|{ratelimit.get_ip(request)}"
    return f"auth-flow:{kind}:{hashlib.sha256(meant.encode()).hexdigest()}"
