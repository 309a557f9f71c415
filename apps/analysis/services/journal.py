"""The log of analysis jobs: what happened when, by which engine, how fast, and what went wrong."""

from typing import Any

from apps.analysis.models import AnalysisLog
from apps.jobs.models import Job

_DETAIL = 500
Event = AnalysisLog.Event


def note(job: Job, event: AnalysisLog.Event, *, detail: str = "", **facts: Any) -> None:
    """Write a line into the job's log, in the caller's transaction if there is one."""
    AnalysisLog.objects.create(job_id=job.pk, attempt=job.attempts, event=event, detail=detail[:_DETAIL], **facts)
