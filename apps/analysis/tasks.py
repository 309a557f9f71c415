"""The job that labels a creator's posts, and beat's two. The job runs in workers, which alone load the engines."""

from typing import Any

from celery import shared_task

from apps.core.tasks import PublicTask
from apps.jobs.handlers import job_handler, on_job_end
from apps.jobs.models import Job
from apps.jobs.runs import JobRun

from . import services
from .selectors import ANALYSIS_JOB


@job_handler(ANALYSIS_JOB)
def run_profile_analysis(run: JobRun) -> dict[str, Any]:
    """Analyse the creator of `params["profile_id"]`; a second run does only what is left."""
    return services.work_on_analysis(run)


@on_job_end(ANALYSIS_JOB)
def end_profile_analysis(job: Job) -> None:
    """Failed or cancelled: what was labelled is summed up."""
    services.settle_ended_analysis(job)


@shared_task(name="analysis.submit_due", base=PublicTask)
def submit_due() -> int:
    """Beat, every minute: queue creators with new or outdated posts."""
    return services.submit_due_analyses()


@shared_task(name="analysis.purge", base=PublicTask)
def purge() -> int:
    """Beat, every day: drop readings that no post needs."""
    return services.purge_unused_results()
