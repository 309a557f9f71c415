"""Access and refresh tokens for API clients: allauth's JWT strategy with a refresh that survives a race and a theft.

allauth 65.21 rotates in unlocked session data: of six parallel refreshes with one token five were answered, and only
one of the five new tokens worked afterwards; a stolen token used again revoked nothing.
"""

import time
from typing import Any

import structlog
from allauth.account.internal.userkit import user_id_to_str
from allauth.core.internal.deferred import jwt
from allauth.headless import app_settings
from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy, internal
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from .gateways.sessions import lock_session
from .models import User
from .services.sessions import end_session_by_key

_ROTATED = "accounts_rotated_refresh_tokens"
logger = structlog.get_logger(__name__)

Claims = dict[str, Any]


class RotatingTokenStrategy(JWTTokenStrategy):
    """One family of tokens per session. The session row's lock puts concurrent refreshes in line."""

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        """New access and refresh tokens for a valid refresh token, else None.

        A token that was rotated within `REFRESH_GRACE_SECONDS` gets the very tokens it was rotated to. One that was
        rotated earlier has been stolen or lost: the session ends, so that neither party keeps it.
        """
        claims = internal.decode_token(refresh_token, "refresh")
        session_key = claims and internal.session_key_from_sid(claims["sid"])
        if not claims or not session_key:
            return None
        with transaction.atomic():
            session = lock_session(session_key)
            user = internal.validate_token_user(claims, session) if session else None
            if session is None or not isinstance(user, User):
                return None
            return self._rotate(user, session, claims)

    def _rotate(self, user: User, session: SessionBase, claims: Claims) -> tuple[str, str] | None:
        rotated = _recently_rotated(session)
        if successor := rotated.get(claims["jti"]):
            return _encode(successor["access"]), _encode(successor["refresh"])
        if claims["jti"] not in internal.get_refresh_token_state(session):
            logger.warning("auth.refresh_reused", user_id=user.pk)
            end_session_by_key(str(session.session_key))
            return None
        access, refresh = self._make_pair(user, session)
        internal.invalidate_refresh_token(session, claims)
        rotated[claims["jti"]] = {"at": time.time(), "access": access, "refresh": refresh}
        session[_ROTATED] = rotated
        session.save()
        return _encode(access), _encode(refresh)

    def issue(self, *, user: User, session: SessionBase) -> tuple[str, str]:
        """The first tokens of a session; earlier ones of this session stop working. Saves the session."""
        session["headless_refresh_tokens"] = {}
        session.pop(_ROTATED, None)
        access, refresh = self._make_pair(user, session)
        session.save()
        return _encode(access), _encode(refresh)

    def _make_pair(self, user: User, session: SessionBase) -> tuple[Claims, Claims]:
        sub, sid = user_id_to_str(user), internal.session_key_to_sid(str(session.session_key))
        _, access = internal.create_token(
            "access",
            sub=sub,
            sid=sid,
            claims=self.get_claims(user),
            expires_in=app_settings.JWT_ACCESS_TOKEN_EXPIRES_IN,
        )
        _, refresh = internal.create_token(
            "refresh", sub=sub, sid=sid, expires_in=app_settings.JWT_REFRESH_TOKEN_EXPIRES_IN
        )
        state = internal.get_refresh_token_state(session)
        for jti in [jti for jti, expires_at in state.items() if expires_at <= time.time()]:
            del state[jti]
        state[refresh["jti"]] = refresh["exp"]
        session.modified = True
        return access, refresh


def _recently_rotated(session: SessionBase) -> dict[str, Any]:
    oldest = time.time() - settings.REFRESH_GRACE_SECONDS
    return {jti: entry for jti, entry in session.get(_ROTATED, {}).items() if entry["at"] >= oldest}


def _encode(claims: Claims) -> str:
    """Sign claims: the same claims give the same token, so none has to be stored."""
    config = internal._get_jwt_config()
    token: str = jwt.encode(
        claims, config.signing_key, algorithm=config.algorithm, headers=internal.get_jwt_headers(config)
    )
    return token
