"""Waiting in a request for a job, without a database connection in hand and never with too many threads."""

import threading
import time
from uuid import UUID

from django.conf import settings
from django.db import connection

from apps.jobs.models import Job

_waiters = threading.BoundedSemaphore(settings.JOB_WAITERS)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.03, 0.4


def wait_for_job(*, job_id: UUID, seconds: float) -> Job:
    """The job as it is when it ends or when `seconds` (at most 60) are over, whichever comes first.

    At most a quarter of the server's threads wait at a time (`JOB_WAITERS`); beyond that it returns at once.
    """
    job = Job.objects.select_related("team").get(pk=job_id)
    if seconds <= 0 or not job.is_active or not _waiters.acquire(blocking=False):
        return job
    try:
        return _poll(job, until=time.monotonic() + min(seconds, 60))
    finally:
        _waiters.release()


def _poll(job: Job, *, until: float) -> Job:
    pause = _FIRST_PAUSE
    while job.is_active and (left := until - time.monotonic()) > 0:
        _lend_connection_back()
        time.sleep(min(pause, left))
        pause = min(pause * 1.3, _LONGEST_PAUSE)
        job.refresh_from_db()
    return job


def _lend_connection_back() -> None:
    """Back to the pool while we sleep; the team stays set on the wrapper and is entered again by the next query."""
    if not connection.in_atomic_block:
        connection.close()
