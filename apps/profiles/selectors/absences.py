"""Handles that are known to lead nowhere."""

from django.utils import timezone

from apps.profiles.models import AbsentHandle, Profile
from apps.profiles.models.upstream import ABSENCE_LIFETIME


def is_absent(handle: str) -> bool:
    """Whether a source said within the hour that nobody has this handle. One query."""
    return AbsentHandle.objects.filter(username=handle, concluded_at__gt=timezone.now() - ABSENCE_LIFETIME).exists()


def is_removed(handle: str) -> bool:
    """Whether the creator of this handle was removed at its own wish. One query."""
    removed = Profile.objects.filter(username=handle, handle_lost_at__isnull=True, suppressed_at__isnull=False)
    return removed.exists()
