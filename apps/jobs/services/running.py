"""One attempt at a job: claim it, do it inside its team, settle it. Every write is fenced by the attempt's number."""

import random
import traceback
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from apps.core.errors import DomainError, Kind
from apps.jobs.errors import JobCancelled, JobFailed, JobLost, JobPaused
from apps.jobs.gateways import publish_job
from apps.jobs.handlers import find_handler
from apps.jobs.heartbeat import Heartbeat
from apps.jobs.models import Job
from apps.jobs.runs import JobRun, settle_success
from apps.jobs.services.ending import end_job
from apps.teams.access import enter_team

logger = structlog.get_logger(__name__)
UNAVAILABLE_ATTEMPTS = 2
_CLAIM = """
UPDATE jobs_job
   SET state = 'running', attempts = attempts + 1, started_at = COALESCE(started_at, clock_timestamp()),
       lease_until = clock_timestamp() + make_interval(secs => %s)
 WHERE id = %s AND cancel_requested_at IS NULL
   AND (state = 'queued' OR (state = 'running' AND lease_until < clock_timestamp() AND attempts < max_attempts))
RETURNING *
"""


def run_job(job_id: UUID | str) -> bool:
    """Make one attempt at a job; False when there was nothing to claim (done, cancelled, or somebody else has it)."""
    job = claim_job(job_id)
    if job is None:
        return False
    structlog.contextvars.bind_contextvars(job_id=str(job.pk), job_kind=job.kind, team_id=job.team_id)
    scope = enter_team(job.team) if job.team is not None else nullcontext()
    try:
        with scope, Heartbeat(job_id=job.pk, attempt=job.attempts):
            _attempt(job)
    finally:
        structlog.contextvars.unbind_contextvars("job_id", "job_kind", "team_id")
    return True


def claim_job(job_id: UUID | str) -> Job | None:
    """Take a queued job, or one whose lease ended, for this process alone."""
    claimed = Job.objects.raw(_CLAIM, [settings.JOB_LEASE_SECONDS, str(job_id)])
    return next(iter(claimed), None)


def _attempt(job: Job) -> None:
    run = JobRun(job=job, attempt=job.attempts)
    try:
        result = _do(run)
    except JobLost:
        logger.warning("job_lost", attempt=job.attempts)
    except JobPaused:
        _requeue(job, pause=0, max_attempts=F("max_attempts") + 1)
    except JobCancelled:
        end_job(job_id=job.pk, attempt=job.attempts, state=Job.State.CANCELLED)
    except DomainError as error:
        _refused(job, error)
    except Exception:
        logger.exception("job_attempt_failed", attempt=job.attempts)
        _broken(job, traceback.format_exc())
    else:
        settle_success(job_id=job.pk, attempt=job.attempts, result=result)


def _do(run: JobRun) -> dict[str, Any]:
    handler = find_handler(run.job.kind)
    if handler is None:
        raise LookupError(f"No handler is registered for jobs of kind {run.job.kind!r}.")
    return handler(run)


def _refused(job: Job, error: DomainError) -> None:
    """A domain error is the job's answer; only an outage is worth another try first."""
    if error.kind == Kind.UNAVAILABLE and job.attempts < min(job.max_attempts, UNAVAILABLE_ATTEMPTS):
        _retry(job, reason=str(error))
        return
    stored = {**error.as_dict(), "status": error.status}
    if error.retry_after is not None:
        stored["retry_after"] = error.retry_after
    end_job(job_id=job.pk, attempt=job.attempts, state=Job.State.FAILED, error=stored)


def _broken(job: Job, trace: str) -> None:
    """An unexpected error is retried with growing pauses, then parked as a dead letter."""
    job.refresh_from_db(fields=["max_attempts"])  # Steps that were stored (`JobRun.advance`) give attempts back.
    if job.attempts < job.max_attempts:
        _retry(job, reason=trace)
        return
    error = {**JobFailed().as_dict(), "status": 500}
    end_job(job_id=job.pk, attempt=job.attempts, state=Job.State.FAILED, error=error, trace=trace, dead=True)


def _retry(job: Job, *, reason: str) -> None:
    _requeue(job, pause=pause_before(attempt=job.attempts + 1), traceback=reason[-20_000:])


def _requeue(job: Job, *, pause: float, **changes: Any) -> None:
    """Back to the queue. Whom somebody cancelled meanwhile ends instead: nobody could claim it any more."""
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING)
    run_after = timezone.now() + timedelta(seconds=pause)
    if mine.filter(cancel_requested_at=None).update(
        state=Job.State.QUEUED, lease_until=None, run_after=run_after, **changes
    ):
        publish_job(job_id=job.pk, queue=job.queue, countdown=pause)
    elif mine.exclude(cancel_requested_at=None).exists():
        end_job(job_id=job.pk, attempt=job.attempts, state=Job.State.CANCELLED)


def pause_before(*, attempt: int) -> float:
    """Seconds to wait before an attempt: doubling from the base, with jitter, at most a minute."""
    pause = settings.JOB_RETRY_SECONDS * 2 ** (attempt - 2)
    return min(60.0, pause * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load, guards nothing
