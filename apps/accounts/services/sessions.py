"""Ending sessions."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from apps.accounts.errors import SessionUnknown
from apps.accounts.models import User


@transaction.atomic
def end_session(*, user: User, session_id: int) -> None:
    """Sign one of the user's sessions out at once. Raises `SessionUnknown` for anybody else's."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise SessionUnknown
    _end([session])


@transaction.atomic
def end_other_sessions(*, user: User, current_key: str | None) -> int:
    """Sign the user out everywhere else at once; how many sessions that were."""
    return _end(list(UserSession.objects.filter(user=user).exclude(session_key=current_key)))


def end_session_by_key(session_key: str) -> None:
    """Sign a session out at once; a session that is gone stays gone."""
    with transaction.atomic():
        Session.objects.filter(session_key=session_key).delete()
        UserSession.objects.filter(session_key=session_key).delete()


def forget_dead_sessions(*, user: User) -> None:
    """Drop the list entries of sessions that ended or expired."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    UserSession.objects.filter(~Exists(live), user=user).delete()


def _end(sessions: list[UserSession]) -> int:
    keys = [session.session_key for session in sessions]
    ended, _ = Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(pk__in=[session.pk for session in sessions]).delete()
    return ended


def purge_sessions() -> int:
    """Delete expired sessions and the list entries of sessions that are gone; how many sessions that were."""
    expired = Session.objects.filter(expire_date__lt=timezone.now())
    purged: int = expired._raw_delete(expired.db)  # no signal: nobody remembers them
    UserSession.objects.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()
    return purged
