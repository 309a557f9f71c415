"""Handles that are known to lead nowhere."""

from datetime import timedelta

from django.utils import timezone

from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import AbsentHandle, Profile

BELIEVED_FOR = timedelta(hours=1)


def check_handle(username: str) -> None:
    """Raise `ProfileNotFound` for a handle that was removed, or does not exist as a source said within the hour."""
    concluded = AbsentHandle.objects.filter(username=username, concluded_at__gt=timezone.now() - BELIEVED_FOR)
    removed = Profile.objects.filter(username=username, suppressed_at__isnull=False)
    if concluded.exists() or removed.exists():
        raise ProfileNotFound(details={"username": username})
