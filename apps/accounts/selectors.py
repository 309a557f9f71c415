"""Reads of users and their sessions."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from .models import SecurityEvent, User

LISTED_SESSIONS = 200


@dataclass(frozen=True)
class OpenSession:
    """A place where a user is signed in."""

    id: int
    ip: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


@dataclass(frozen=True)
class Factor:
    """A means beside the password. Of recovery codes: how many there were, and are left."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None
    total: int = 0
    unused: int = 0


@dataclass(frozen=True)
class Factors:
    """All that a user has; `enabled` says whether a sign-in asks for one."""

    totp: Factor | None
    recovery_codes: Factor | None
    webauthn: list[Factor]

    @property
    def enabled(self) -> bool:
        return bool(self.totp or self.recovery_codes or self.webauthn)


def is_signed_in(data: dict[str, object], user: User) -> bool:
    """Whether session data still counts for this user: same user, same password, active, not tombstoned."""
    carried = str(data.get(HASH_SESSION_KEY, ""))
    return (
        user.is_active
        and user.tombstoned_at is None
        and data.get("_auth_user_id") == str(user.pk)
        and any(constant_time_compare(carried, valid) for valid in user.auth_hashes)
    )


def find_session_user(*, session_key: str, user_id: int) -> User | None:
    """The user of a live session, or None. One query, whatever the reason of a refusal."""
    live = Session.objects.filter(session_key=session_key, expire_date__gt=timezone.now()).values("session_data")
    user = User.objects.annotate(live_session_data=Subquery(live)).filter(pk=user_id).first()
    if user is None or not user.live_session_data:
        return None
    data = SessionStore(session_key).decode(user.live_session_data)
    if not is_signed_in(data, user):
        return None
    # From here on deferred: callers remember this user, and the password's hash has no place in a cache.
    del user.live_session_data, user.password
    return user


def list_sessions(*, user: User, current_key: str | None) -> list[OpenSession]:
    """Where the user is signed in now, newest first, at most `LISTED_SESSIONS`. One query."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    rows = UserSession.objects.filter(user=user).annotate(live_data=Subquery(live.values("session_data")))
    decode = SessionStore().decode
    return [
        OpenSession(
            id=row.pk,
            ip=row.ip,
            user_agent=row.user_agent,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.session_key == current_key,
        )
        for row in rows.exclude(live_data=None).order_by("-created_at", "-pk")[:LISTED_SESSIONS]
        if is_signed_in(decode(row.live_data), user)
    ]


def has_verified_email(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def has_second_factor(user: User) -> bool:
    return bool(is_mfa_enabled(user))


def count_sessions(*, user: User) -> int:
    """Where the user is signed in now, at most `LISTED_SESSIONS`."""
    return len(list_sessions(user=user, current_key=None))


def get_factors(*, user: User) -> Factors:
    """The user's second factors, without any secret. One query."""
    kinds: dict[str, list[Factor]] = {}
    for row in Authenticator.objects.filter(user=user).order_by("pk"):
        kinds.setdefault(row.type, []).append(_describe_factor(row))
    return Factors(
        totp=next(iter(kinds.get(Authenticator.Type.TOTP, [])), None),
        recovery_codes=next(iter(kinds.get(Authenticator.Type.RECOVERY_CODES, [])), None),
        webauthn=kinds.get(Authenticator.Type.WEBAUTHN, []),
    )


def _describe_factor(row: Authenticator) -> Factor:
    total = unused = 0
    if row.type == Authenticator.Type.RECOVERY_CODES:
        codes = row.wrap()
        total, unused = len(codes.generate_codes()), len(codes.get_unused_codes())
    return Factor(row.pk, str(row), row.created_at, row.last_used_at, total, unused)


def list_events(*, user: User) -> QuerySet[SecurityEvent]:
    """What happened to the security of the account, newest first."""
    return SecurityEvent.objects.filter(user=user).order_by("-id")
