"""Beat's batches: creators with new or outdated posts are analysed by themselves, as many as the workers can take."""

import structlog
from django.conf import settings
from django.db import connection, transaction

from apps.analysis.selectors import count_batch_jobs, list_due_profiles
from apps.jobs.models import Job

from .submitting import submit_profile_analysis

# Jobs that may wait for each process of the analysis worker: what a round brings, and no more than it can do.
JOBS_A_WORKER = 10
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('analysis:batches', 0))"
logger = structlog.get_logger(__name__)


@transaction.atomic
def submit_due_analyses() -> int:
    """Queue the creators whose posts are unread or were read by an older engine, most wanted first; how many.

    At most `AI_MAX_WORKERS` × `JOBS_A_WORKER` wait or run at a time, in a queue of their own behind those that
    somebody asked for. Of two calls at once one does the work.
    """
    if not settings.ENABLE_AI_ANALYSIS or not _take_lock():
        return 0
    room = settings.AI_MAX_WORKERS * JOBS_A_WORKER - count_batch_jobs()
    due = list_due_profiles(limit=room) if room > 0 else []
    jobs = [
        submit_profile_analysis(profile_id=profile_id, queue=Job.Queue.BATCH, reason=reason)
        for profile_id, reason in due
    ]
    submitted = sum(job is not None and job.is_new for job in jobs)
    if submitted:
        logger.info("analysis.batch_submitted", number=submitted)
    return submitted


def _take_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        return bool(cursor.fetchone()[0])
