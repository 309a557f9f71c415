"""What the workers of the fuzz work on, and how."""

from django.conf import settings
from django.db.models import QuerySet

from apps.jobs.models import Job

LEASE_SECONDS = 4


def list_work() -> QuerySet[Job]:
    """What waits for a worker, without the pictures, which come from the outside."""
    return Job.objects.filter(state="queued").exclude(kind="profiles.media")


def set_up(to: object = settings) -> None:
    """No models, no outside, and leases that end soon."""
    to.ENABLE_AI_ANALYSIS = False  # type: ignore[attr-defined]
    to.PROFILE_SOURCES = ["sandbox"]  # type: ignore[attr-defined]
    to.JOB_LEASE_SECONDS = LEASE_SECONDS  # type: ignore[attr-defined]
