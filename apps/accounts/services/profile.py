"""What a user may change about themselves."""

from typing import Any

from django.db import transaction

from apps.accounts.models import User

CHANGEABLE = frozenset({"full_name", "locale", "time_zone"})


@transaction.atomic
def update_me(*, user: User, changes: dict[str, Any]) -> User:
    """Write the given fields of `CHANGEABLE` and return the user as stored; other fields are left alone."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    fields = sorted(CHANGEABLE & set(changes))
    for field in fields:
        setattr(stored, field, changes[field])
    if fields:
        stored.save(update_fields=fields)
    return stored
