"""How a job ends without success: failed, cancelled, dead; and how a dead one is given another chance."""

from contextlib import nullcontext
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from apps.jobs.errors import JobEnded, JobNotFound
from apps.jobs.gateways import publish_job
from apps.jobs.handlers import list_end_listeners
from apps.jobs.models import Job
from apps.teams.access import enter_team

logger = structlog.get_logger(__name__)


@transaction.atomic
def end_job(
    *,
    job_id: UUID,
    attempt: int,
    state: str,
    error: dict[str, Any] | None = None,
    trace: str = "",
    dead: bool = False,
) -> bool:
    """End the attempt that holds the job, and tell those who wait for it in the same transaction.

    False, with nothing changed, when the attempt does not hold the job any more.
    """
    job = Job.objects.select_for_update().filter(pk=job_id, attempts=attempt, state__in=Job.ACTIVE).first()
    if job is None:
        return False
    job.state, job.error, job.lease_until = state, error, None
    job.finished_at = timezone.now()
    job.traceback = trace[-20_000:] or job.traceback
    job.dead_at = job.finished_at if dead else None
    job.save(update_fields=["state", "error", "traceback", "lease_until", "finished_at", "dead_at"])
    announce_end(job)
    return True


def announce_end(job: Job) -> None:
    """Call the end listeners inside the job's team; one that raises is rolled back and called again by the sweep."""
    scope = enter_team(job.team) if job.team is not None else nullcontext()
    try:
        with scope, transaction.atomic():
            for listener in list_end_listeners(job.kind):
                listener(job)
    except Exception:
        logger.exception("job_end_not_heard", job_id=str(job.pk), job_kind=job.kind)
        return
    Job.objects.filter(pk=job.pk).update(end_heard_at=Now())


@transaction.atomic
def cancel_job(*, job_id: UUID) -> Job:
    """Cancel a queued job at once; ask a running one to stop at its next step. Cancelling twice is harmless.

    Raises `JobEnded` for a job that succeeded or failed, `JobNotFound` for none.
    """
    job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise JobNotFound
    if job.state in {Job.State.SUCCEEDED, Job.State.FAILED}:
        raise JobEnded(details={"state": job.state})
    if job.state == Job.State.QUEUED:
        end_job(job_id=job.pk, attempt=job.attempts, state=Job.State.CANCELLED)
    elif job.cancel_requested_at is None and job.state == Job.State.RUNNING:
        Job.objects.filter(pk=job.pk).update(cancel_requested_at=Now())
    job.refresh_from_db()
    return job


@transaction.atomic
def replay_job(*, job_id: UUID) -> Job:
    """Queue a failed or cancelled job again with fresh attempts; the number goes on, so old runs stay fenced off.

    Raises `JobEnded` when it is active or succeeded, or when a twin of it is active now.
    """
    job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise JobNotFound
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        raise JobEnded("Only a failed or cancelled job can be replayed.", details={"state": job.state})
    twins = Job.objects.filter(kind=job.kind, team=job.team_id, dedup_key=job.dedup_key, state__in=Job.ACTIVE)
    if job.dedup_key and twins.exists():
        raise JobEnded("The same work is already under way.", details={"state": job.state})
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.QUEUED, error=None, dead_at=None, finished_at=None, end_heard_at=None,
        cancel_requested_at=None, republished_at=None, run_after=Now(), max_attempts=job.attempts + 3,
    )  # fmt: skip
    transaction.on_commit(partial(publish_job, job_id=job.pk, queue=job.queue))
    job.refresh_from_db()
    return job
