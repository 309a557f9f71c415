"""Whether an account may sign in."""

from django.db import transaction

from apps.accounts.models import User

from .sessions import end_other_sessions


@transaction.atomic
def set_active(*, user: User, active: bool) -> None:
    """Close an account, which ends every session and token of it at once, or open it again."""
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_other_sessions(user=user, current_key=None)
