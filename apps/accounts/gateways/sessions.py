"""Django's session table."""

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone


def lock_session(session_key: str) -> SessionStore | None:
    """Wait for whoever else changes this session, then load it fresh; None when it is gone or over.

    Only within a transaction. Session data is one JSON value: without the lock the slower writer undoes the other.
    """
    rows = Session.objects.select_for_update().filter(session_key=session_key, expire_date__gt=timezone.now())
    return None if rows.first() is None else find_session(session_key)


def find_session(session_key: str) -> SessionStore | None:
    session = SessionStore(session_key)
    session.get("_auth_user_id")  # loads; a session that is gone or over loses its key
    return session if session.session_key else None
