"""One attempt at a job, as its handler sees it."""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from apps.jobs.errors import JobCancelled, JobLost, JobPaused
from apps.jobs.models import Job

_REPORT = """
UPDATE jobs_job SET progress_done = %s, progress_total = %s, progress_message = %s,
       lease_until = clock_timestamp() + make_interval(secs => %s)
 WHERE id = %s AND attempts = %s AND state = 'running'
RETURNING cancel_requested_at
"""
_ADVANCE = """
UPDATE jobs_job SET progress_done = %s, progress_total = %s, progress_message = %s,
       max_attempts = GREATEST(max_attempts, attempts + %s),
       lease_until = clock_timestamp() + make_interval(secs => %s)
 WHERE id = %s AND attempts = %s AND state = 'running' AND cancel_requested_at IS NULL
"""
# What got somewhere may fail so often again before it is a dead letter.
FRESH_ATTEMPTS = 3
_RENEW = """
UPDATE jobs_job SET lease_until = clock_timestamp() + make_interval(secs => %s)
 WHERE id = %s AND attempts = %s AND state = 'running'
"""


@dataclass(frozen=True, slots=True)
class JobRun:
    """What a handler gets: the job, its parameters, and what it may say about it."""

    job: Job
    attempt: int
    _began: float = field(default_factory=time.monotonic)

    @property
    def params(self) -> dict[str, Any]:
        params: dict[str, Any] = self.job.params
        return params

    def report(self, done: int, total: int, message: str) -> None:
        """Say how far the work is, in plain words, and keep the lease. Call it outside a transaction.

        Raises `JobCancelled` when somebody cancelled the job and `JobLost` when the lease went to another attempt.
        """
        values: list[Any] = [done, total, message[:200], settings.JOB_LEASE_SECONDS, self.job.id, self.attempt]
        with connection.cursor() as cursor:
            cursor.execute(_REPORT, values)
            row = cursor.fetchone()
        if row is None:
            raise JobLost(str(self.job.id))
        if row[0] is not None:
            raise JobCancelled(str(self.job.id))

    def confirm(self) -> None:
        """Lock the job's row in the caller's transaction, so that nobody takes or cancels it before the commit.

        Raises `JobLost` or `JobCancelled`, which rolls the caller's transaction back.
        """
        mine = Job.objects.select_for_update().filter(pk=self.job.pk, attempts=self.attempt, state=Job.State.RUNNING)
        job = mine.first()
        if job is None:
            raise JobLost(str(self.job.id))
        if job.cancel_requested_at is not None:
            raise JobCancelled(str(self.job.id))

    def advance(self, done: int, total: int, message: str) -> None:
        """Say how far the work is, in the transaction that stores a part of it: both are there, or neither is.

        For work that later attempts take up where this one stopped: an attempt that got somewhere is not held against
        the job, which dies of `FRESH_ATTEMPTS` attempts in a row without progress. Locks the job's row until the
        commit, so take it first. Raises `JobLost` or `JobCancelled`, which rolls the caller's transaction back.
        """
        lease = settings.JOB_LEASE_SECONDS
        values: list[Any] = [done, total, message[:200], FRESH_ATTEMPTS, lease, self.job.id, self.attempt]
        with connection.cursor() as cursor:
            cursor.execute(_ADVANCE, values)
            if not cursor.rowcount:
                self.confirm()
                raise JobLost(str(self.job.id))

    def keep(self, result: dict[str, Any]) -> None:
        """Store what is done so far, in the caller's transaction if there is one; later attempts find it in `kept`.

        It is shown when the job ends, however it ends. Raises `JobLost`.
        """
        mine = Job.objects.filter(pk=self.job.pk, attempts=self.attempt, state=Job.State.RUNNING)
        if not mine.update(result=result):
            raise JobLost(str(self.job.pk))
        self.job.result = result

    @property
    def kept(self) -> dict[str, Any] | None:
        """What an earlier attempt, or an earlier turn, kept."""
        kept: dict[str, Any] | None = self.job.result
        return kept

    def yield_turn(self, *, after: float | None = None) -> None:
        """Let others have the worker once this turn has lasted `after` seconds, else `JOB_TURN_SECONDS`: call it
        between two steps.

        Raises `JobPaused`: the job goes to the end of its queue and costs no attempt. For long work in many steps.
        """
        if time.monotonic() - self._began >= (settings.JOB_TURN_SECONDS if after is None else after):
            raise JobPaused(str(self.job.pk))

    def succeed(self, result: dict[str, Any]) -> None:
        """Store the result in the caller's transaction: the effect and the job's success are one commit, or neither is.

        Take the job's row first (`confirm`) where the transaction locks anything else. Raises as `confirm` does.
        """
        self.confirm()
        settle_success(job_id=self.job.pk, attempt=self.attempt, result=result)


def settle_success(*, job_id: UUID, attempt: int, result: dict[str, Any]) -> bool:
    """Store a result where `attempt` still holds the job; False when it does not."""
    mine = Job.objects.filter(pk=job_id, attempts=attempt, state=Job.State.RUNNING)
    changed = mine.update(
        state=Job.State.SUCCEEDED,
        result=result,
        error=None,
        lease_until=None,
        finished_at=Now(),
        progress_done=F("progress_total"),
        progress_message="Done",
    )
    return bool(changed)


def renew_lease(*, job_id: UUID, attempt: int) -> bool:
    """Keep the lease of an attempt that is still at work; False when it was lost."""
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, [settings.JOB_LEASE_SECONDS, job_id, attempt])
        return bool(cursor.rowcount)
