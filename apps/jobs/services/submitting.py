"""Writing a job down, once, and telling a worker when the caller's transaction is through."""

from functools import partial
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.jobs.gateways import publish_job
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.teams.models import Team


def submit_job(  # noqa: PLR0913 - each says one thing about the job
    *,
    kind: str,
    params: dict[str, Any],
    team: Team | None = None,
    user: User | None = None,
    dedup_key: str = "",
    queue: str = Job.Queue.DEFAULT,
    max_attempts: int = 3,
) -> Job:
    """Write a job down and publish it on commit. `params` hold ids and names only.

    While a job of the same kind, team and `dedup_key` is queued or running, that job is returned instead
    (`job.is_new` tells them apart). The row is the truth: with the broker away it stays queued, and the
    sweep publishes it later.
    """
    while True:
        job = Job(
            kind=kind, params=params, team=team, user=user, dedup_key=dedup_key, queue=queue, max_attempts=max_attempts
        )
        if _insert(job):
            job.is_new = True
            transaction.on_commit(partial(publish_job, job_id=job.pk, queue=job.queue))
            return job
        if active := find_active_job(kind=kind, team=team, dedup_key=dedup_key):
            return active


@transaction.atomic
def hurry_job(*, job: Job, queue: str) -> None:
    """Move a job that still waits to another queue, because somebody waits for it now. Harmless when it is too late."""
    if Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).exclude(queue=queue).update(queue=queue):
        transaction.on_commit(partial(publish_job, job_id=job.pk, queue=queue))


def _insert(job: Job) -> bool:
    """Insert unless an active twin exists; waits for a twin that is being inserted right now."""
    if not job.dedup_key:
        job.save(force_insert=True)
        return True
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.filter(pk=job.pk).exists()
