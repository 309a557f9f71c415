"""Having a creator analysed in the background."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.analysis.selectors import ANALYSIS_JOB
from apps.jobs.models import Job
from apps.jobs.services import hurry_job, replay_job, submit_job

from .journal import Event, note


@transaction.atomic
def submit_profile_analysis(
    *, profile_id: int, queue: str = Job.Queue.ANALYSIS, reason: str = "asked for"
) -> Job | None:
    """Queue the analysis of a creator, one at a time per creator; None where analysis is switched off.

    One that waits in the queue of batches moves to the front when somebody asks for it.
    """
    if not settings.ENABLE_AI_ANALYSIS:
        return None
    job = submit_job(kind=ANALYSIS_JOB, params={"profile_id": profile_id}, dedup_key=str(profile_id), queue=queue)
    if job.is_new:
        note(job, Event.QUEUED, detail=reason)
    elif queue == Job.Queue.ANALYSIS:
        hurry_job(job=job, queue=queue)
    return job


@transaction.atomic
def replay_analysis(*, job_id: UUID) -> Job:
    """Queue a failed or cancelled analysis again; it goes on with the posts that are left. Raises as `replay_job`."""
    job = replay_job(job_id=job_id)
    note(job, Event.QUEUED, detail="replayed")
    return job
