"""Whose access token is this? Checked against the session at every request, yet without a query at most of them.

A check is remembered for `BEARER_CACHE_SECONDS` together with the user's mark at the time of the check. Whatever
revokes changes the mark (user) or leaves a note in the entry's place (session), so the next request asks the database.
The order makes races harmless: the mark is read before the database, and an entry is only ever added, so a check that
began before a revocation cannot be remembered after it. The mark and the note outlive every entry they must refute.
A change that no Django signal tells about (SQL by hand) counts after `BEARER_CACHE_SECONDS`.
"""

import hashlib
import time
import uuid
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from allauth.headless.tokens.strategies.jwt import internal
from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, transaction

from apps.accounts.models import User
from apps.accounts.selectors import find_session_user

_MARK_SECONDS = 120
_ENDED = "ended"


class Bearer(NamedTuple):
    """A checked access token."""

    user: User
    session_key: str


class _Claims(NamedTuple):
    """What a well-signed access token says."""

    session_key: str
    user_id: int
    expires_at: int


class _NoAccessToken(Exception):
    """Forged, expired, or a token for something else."""


def find_bearer(token: str) -> Bearer | None:
    """The user of an access token while signature, expiry, session, password and account all hold; else None.

    Costs one cache read, and one query when nothing is remembered.
    """
    try:
        claims = _read_token(token)
    except _NoAccessToken:
        return None
    user = _find_user(claims.session_key, claims.user_id) if claims.expires_at > time.time() else None
    return Bearer(user, claims.session_key) if user else None


@lru_cache(maxsize=4096)
def _read_token(token: str) -> _Claims:
    """Verify a token once per process: a signature stays right. What is refused is not kept, so it evicts nothing."""
    payload = internal.decode_token(token, "access")
    session_key = payload and internal.session_key_from_sid(payload["sid"])
    if not payload or not session_key or not payload["sub"].isdecimal():
        raise _NoAccessToken
    return _Claims(session_key, int(payload["sub"]), int(payload["exp"]))


def _find_user(session_key: str, user_id: int) -> User | None:
    entry_key, mark_key = _entry_key(session_key), _mark_key(user_id)
    known: dict[str, Any] = cache.get_many([entry_key, mark_key]) or {}
    mark = known.get(mark_key)
    entry = known.get(entry_key)
    if isinstance(entry, tuple) and entry[:2] == (mark, user_id):
        return User.from_db(DEFAULT_DB_ALIAS, *entry[2:])
    user = find_session_user(session_key=session_key, user_id=user_id)
    # An entry that is there already is a former mark's or a note: it is left to expire, never overwritten.
    if user is not None and entry is None and settings.BEARER_CACHE_SECONDS:
        cache.add(entry_key, (mark, user_id, *_pack(user)), settings.BEARER_CACHE_SECONDS)
    return user


def _pack(user: User) -> tuple[list[str], list[Any]]:
    """The columns and values of a user, without what is deferred (the password): an instance takes longer to pickle."""
    deferred = user.get_deferred_fields()
    names = [field.attname for field in user._meta.concrete_fields if field.attname not in deferred]
    return names, [getattr(user, name) for name in names]


def forget_users(user_ids: Iterable[int]) -> None:
    """Make the next request of each of these users ask the database, now and once more when this commits."""
    keys = [_mark_key(user_id) for user_id in user_ids]
    _now_and_on_commit(lambda: cache.set_many({key: uuid.uuid4().hex for key in keys}, _MARK_SECONDS))


def forget_sessions(session_keys: Iterable[str]) -> None:
    """Make the next request with a token of these sessions ask the database, now and once more when this commits."""
    keys = [_entry_key(session_key) for session_key in session_keys]
    _now_and_on_commit(lambda: cache.set_many(dict.fromkeys(keys, _ENDED), _MARK_SECONDS))


def _now_and_on_commit(forget: Callable[[], Any]) -> None:
    # Now: the rest of this transaction. On commit: whoever remembered the state before it in between.
    forget()
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(partial(forget), robust=True)


def _entry_key(session_key: str) -> str:
    return "bearer:" + hashlib.sha256(session_key.encode()).hexdigest()


def _mark_key(user_id: int) -> str:
    return f"bearer:user:{user_id}"
