"""What is kept for a while only."""

from django.utils import timezone

from apps.profiles.models import AbsentHandle, RawPayload
from apps.profiles.models.upstream import ABSENCE_LIFETIME

from .leases import forget_old_leases
from .tracking import forget_lapsed


def purge_expired() -> dict[str, int]:
    """Delete raw answers past their 30 days, absences past their hour, old leases and what nobody
    wants to be kept up to date; how many of each. Repeatable."""
    now = timezone.now()
    return {
        "raw_payloads": RawPayload.objects.filter(expires_at__lt=now).delete()[0],
        "absences": AbsentHandle.objects.filter(concluded_at__lt=now - ABSENCE_LIFETIME).delete()[0],
        "leases": forget_old_leases(),
        "tracked": forget_lapsed(),
    }
