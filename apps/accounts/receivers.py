"""What is heard of an account, whoever causes it: the admin, a service, allauth or Django itself.

A revocation counts at once; what matters to the account's safety is written down for its owner.
"""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from django.http import HttpRequest

from .access.bearers import forget_sessions, forget_users
from .models import SecurityEvent, User, users_updated
from .services.activity import record_event

_Kind = SecurityEvent.Kind
_TOLD: list[tuple[Signal, SecurityEvent.Kind]] = [
    (account_signals.user_logged_in, _Kind.SIGNED_IN),
    (account_signals.password_changed, _Kind.PASSWORD_CHANGED),
    (account_signals.password_set, _Kind.PASSWORD_CHANGED),
    (account_signals.password_reset, _Kind.PASSWORD_RESET),
    (account_signals.email_changed, _Kind.EMAIL_CHANGED),
    (mfa_signals.authenticator_added, _Kind.FACTOR_ADDED),
    (mfa_signals.authenticator_removed, _Kind.FACTOR_REMOVED),
    (mfa_signals.authenticator_reset, _Kind.FACTOR_RENEWED),
]


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_user_saved, sender=User, dispatch_uid="accounts.user_saved")
    post_delete.connect(_user_deleted, sender=User, dispatch_uid="accounts.user_deleted")
    users_updated.connect(_users_updated, sender=User, dispatch_uid="accounts.users_updated")
    post_delete.connect(_session_deleted, sender=Session, dispatch_uid="accounts.session_deleted")
    for signal, kind in _TOLD:
        signal.connect(_write_down(kind), weak=False, dispatch_uid=f"accounts.activity.{kind}")


def _user_saved(
    sender: type[User], instance: User, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    if not created and update_fields != frozenset({"last_login"}):
        forget_users([instance.pk])


def _user_deleted(sender: type[User], instance: User, **kwargs: Any) -> None:
    forget_users([instance.pk])


def _users_updated(sender: type[User], user_ids: Iterable[int], **kwargs: Any) -> None:
    forget_users(user_ids)


def _session_deleted(sender: type[Session], instance: Session, **kwargs: Any) -> None:
    forget_sessions([instance.session_key])


def _write_down(kind: SecurityEvent.Kind) -> Callable[..., None]:
    def receive(
        sender: Any, request: HttpRequest, user: User, authenticator: Authenticator | None = None, **kwargs: Any
    ) -> None:
        record_event(user=user, kind=kind, request=request, factor=authenticator.type if authenticator else "")

    return receive
