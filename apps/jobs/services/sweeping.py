"""Healing: what a crash, a lost message or a stopped broker left behind is found in the job table and put right."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.jobs.errors import JobFailed
from apps.jobs.gateways import publish_job
from apps.jobs.models import IdempotencyRecord, Job
from apps.jobs.services.ending import announce_end, end_job

BATCH = 500


def sweep_jobs() -> dict[str, int]:
    """Requeue or bury attempts whose lease ended, publish forgotten jobs, repeat unheard ends. Safe at any time."""
    return {"expired": _sweep_leases(), "republished": _sweep_queued(), "heard": _sweep_unheard()}


def _sweep_leases() -> int:
    expired = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=Now()).order_by("lease_until")[:BATCH]
    return sum(_release(job) for job in expired)


def _release(job: Job) -> bool:
    """An attempt that stopped renewing is dead: try again while attempts are left, unless it was being cancelled."""
    if job.cancel_requested_at is not None:
        return end_job(job_id=job.pk, attempt=job.attempts, state=Job.State.CANCELLED)
    if job.attempts >= job.max_attempts:
        error = {**JobFailed().as_dict(), "status": 500}
        return end_job(
            job_id=job.pk,
            attempt=job.attempts,
            state=Job.State.FAILED,
            error=error,
            trace="The worker died.",
            dead=True,
        )
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING, lease_until__lt=Now())
    if not mine.update(state=Job.State.QUEUED, lease_until=None, run_after=Now(), republished_at=Now()):
        return False
    publish_job(job_id=job.pk, queue=job.queue)
    return True


def _sweep_queued() -> int:
    """Publish again what is due and old enough that its message must have been lost; then once a minute at most."""
    now = timezone.now()
    due = Q(run_after__lt=now - timedelta(seconds=settings.JOB_REPUBLISH_SECONDS))
    quiet = Q(republished_at=None) | Q(republished_at__lt=now - timedelta(seconds=60))
    waiting = Job.objects.filter(due, quiet, state=Job.State.QUEUED).order_by("created_at")[:BATCH]
    published = [job.pk for job in waiting if publish_job(job_id=job.pk, queue=job.queue)]
    Job.objects.filter(pk__in=published).update(republished_at=Now())
    return len(published)


def _sweep_unheard() -> int:
    old = Q(finished_at__lt=timezone.now() - timedelta(seconds=settings.JOB_REPUBLISH_SECONDS))
    ended = Q(state__in=[Job.State.FAILED, Job.State.CANCELLED], end_heard_at=None)
    unheard = Job.objects.filter(ended, old).select_related("team").order_by("finished_at")[:BATCH]
    for job in unheard:
        announce_end(job)
    return len(unheard)


def purge_jobs() -> dict[str, int]:
    """Drop ended jobs after `JOB_KEEP_DAYS` (dead letters stay) and idempotency records past their day."""
    before = timezone.now() - timedelta(days=settings.JOB_KEEP_DAYS)
    ended = Job.objects.exclude(state__in=Job.ACTIVE).filter(dead_at=None, finished_at__lt=before)
    jobs, _ = Job.objects.filter(pk__in=ended.order_by("finished_at").values("pk")[:5_000]).delete()
    records, _ = IdempotencyRecord.objects.filter(expires_at__lt=Now()).delete()
    return {"jobs": jobs, "idempotency_records": records}
