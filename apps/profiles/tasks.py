"""Background work of the catalogue: pictures after a refresh, weekly refreshes, and what is kept for a while only."""

from typing import Any

from celery import shared_task

from apps.core.tasks import PublicTask
from apps.jobs.handlers import job_handler
from apps.jobs.runs import JobRun

from .selectors.discussion import COMMENTS_JOB
from .services import fetch_media, purge_expired, read_discussion
from .services.tracking import REFRESH_KIND, refresh_tracked, submit_due_refreshes

MEDIA_JOB = "profiles.media"


@job_handler(MEDIA_JOB)
def run_media(run: JobRun) -> dict[str, Any]:
    """Fetch the pictures that a creator's report lacks."""
    return fetch_media(profile_id=int(run.params["profile_id"]), report=run.report)


@job_handler(COMMENTS_JOB)
def run_comments(run: JobRun) -> dict[str, Any]:
    """Read the comments of the newest posts of a creator that somebody has unlocked."""
    return read_discussion(profile_id=int(run.params["profile_id"]), report=run.report)


@job_handler(REFRESH_KIND)
def run_refresh(run: JobRun) -> dict[str, Any]:
    """Read a creator again that somebody wants to be kept up to date."""
    return {"outcome": refresh_tracked(profile_id=int(run.params["profile_id"]))}


@shared_task(name="profiles.refresh_due", base=PublicTask)
def refresh_due() -> int:
    """Beat, `ROUNDS_A_DAY` times: submit this round's refreshes. Returns how many."""
    return submit_due_refreshes()


@shared_task(name="profiles.purge_expired", base=PublicTask)
def purge_expired_task() -> dict[str, int]:
    """Beat: every hour."""
    return purge_expired()
