"""Handles that are known to lead nowhere."""

from datetime import timedelta

from django.utils import timezone

from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import AbsentHandle

BELIEVED_FOR = timedelta(hours=1)


def check_handle(username: str) -> None:
    """Raise `ProfileNotFound` for a handle that a source said, within the last hour, does not exist."""
    concluded = AbsentHandle.objects.filter(username=username, concluded_at__gt=timezone.now() - BELIEVED_FOR)
    if concluded.exists():
        raise ProfileNotFound(details={"username": username})
