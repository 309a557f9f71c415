"""Closing an account, and opening it again."""

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services.standing import set_active
from apps.admin.errors import UserProtected, UserUnknown
from apps.system.services import Target, record_action

from .trail import clean_reason


@transaction.atomic
def set_user_active(*, staff: User, user_id: int, active: bool, reason: str) -> User:
    """Sign a user out everywhere and let nobody in any more, at once; or let him in again. Repeatable.

    Raises `ReasonRequired`, `UserUnknown`, and `UserProtected` for oneself and for an account that was scrubbed.
    """
    reason = clean_reason(reason)
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        raise UserUnknown
    if user.pk == staff.pk or user.tombstoned_at is not None:
        raise UserProtected
    if user.is_active == active:
        return user
    set_active(user=user, active=active)
    record_action(
        actor=staff,
        action="user.activate" if active else "user.deactivate",
        target=Target(type="user", id=str(user.pk), label=user.email),
        reason=reason,
        before={"is_active": not active},
        after={"is_active": active},
    )
    return user
