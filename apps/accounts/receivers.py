"""A revocation is heard at once, whoever causes it: the admin, a service, allauth or Django itself."""

from collections.abc import Iterable
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete, post_save

from .access.bearers import forget_sessions, forget_users
from .models import User, users_updated


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_user_saved, sender=User, dispatch_uid="accounts.user_saved")
    post_delete.connect(_user_deleted, sender=User, dispatch_uid="accounts.user_deleted")
    users_updated.connect(_users_updated, sender=User, dispatch_uid="accounts.users_updated")
    post_delete.connect(_session_deleted, sender=Session, dispatch_uid="accounts.session_deleted")


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
