"""Background work of the catalogue: pictures after a refresh, and what is kept for a while only."""

from typing import Any

from celery import shared_task

from apps.core.tasks import PublicTask
from apps.jobs.handlers import job_handler
from apps.jobs.runs import JobRun

from .services import fetch_media, purge_expired

MEDIA_JOB = "profiles.media"


@job_handler(MEDIA_JOB)
def run_media(run: JobRun) -> dict[str, Any]:
    """Fetch the pictures that a creator's report lacks."""
    return fetch_media(profile_id=int(run.params["profile_id"]), report=run.report)


@shared_task(name="profiles.purge_expired", base=PublicTask)
def purge_expired_task() -> dict[str, int]:
    """Beat: every hour."""
    return purge_expired()
