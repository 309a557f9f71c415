"""Whose access token is this? Checked against the session at every request, yet without a query at most of them.

A check is remembered for `BEARER_CACHE_SECONDS` together with the user's mark at the time of the check. Whatever
revokes changes the mark (user) or leaves a note in the entry's place (session), so the next request asks the database.
The order makes races harmless: the mark is read before the database, and an entry is only ever added, so a check that
began before a revocation cannot be remembered after it. The mark and the note outlive every entry they must refute.
A change that no Django signal tells about (SQL by hand) counts after `BEARER_CACHE_SECONDS`.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from allauth.headless.tokens.strategies.jwt import internal
from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.selectors import find_session_user

_MARK_SECONDS = 120
_ENDED = "ended"


class Bearer(NamedTuple):
    """A checked access token."""

    user: User
    session_key: str


def find_bearer(token: str) -> Bearer | None:
    """The user of an access token while signature, expiry, session, password and account all hold; else None.

    Costs one cache read, and one query when nothing is remembered.
    """
    payload = internal.decode_token(token, "access")
    session_key = payload and internal.session_key_from_sid(payload["sid"])
    if not payload or not session_key or not payload["sub"].isdecimal():
        return None
    user = _find_user(session_key, int(payload["sub"]))
    return Bearer(user, session_key) if user else None


def _find_user(session_key: str, user_id: int) -> User | None:
    entry_key, mark_key = _entry_key(session_key), _mark_key(user_id)
    known: dict[str, Any] = cache.get_many([entry_key, mark_key]) or {}
    mark = known.get(mark_key)
    entry = known.get(entry_key)
    if isinstance(entry, tuple) and entry[0] == mark and entry[1].pk == user_id:
        remembered: User = entry[1]
        return remembered
    user = find_session_user(session_key=session_key, user_id=user_id)
    if user is not None and settings.BEARER_CACHE_SECONDS:
        _remember(entry_key, (mark, user), replaces=isinstance(entry, tuple))
    return user


def _remember(entry_key: str, entry: tuple[Any, User], *, replaces: bool) -> None:
    if replaces:
        # Of a former mark. Dropped, not overwritten: a note that the session ended may have taken its place.
        return
    cache.add(entry_key, entry, settings.BEARER_CACHE_SECONDS)


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
