"""The jobs that label a creator's posts and comments, and beat's two. Jobs run in workers, which alone load engines."""

from typing import Any

from celery import shared_task

from apps.core.tasks import PublicTask
from apps.jobs.handlers import job_handler, on_job_end
from apps.jobs.models import Job
from apps.jobs.runs import JobRun
from apps.profiles.models import Profile

from . import services
from .selectors import ANALYSIS_JOB
from .selectors.comments import COMMENTS_JOB


@job_handler(ANALYSIS_JOB)
def run_profile_analysis(run: JobRun) -> dict[str, Any]:
    """Analyse the creator of `params["profile_id"]`; a second run does only what is left."""
    return services.work_on_analysis(run)


@on_job_end(ANALYSIS_JOB)
def end_profile_analysis(job: Job) -> None:
    """Failed or cancelled: what was labelled is summed up."""
    services.settle_ended_analysis(job)


@job_handler(COMMENTS_JOB)
def run_comment_analysis(run: JobRun) -> dict[str, Any]:
    """Analyse the comments under the posts of `params["profile_id"]`; a second run does only what is left."""
    try:
        read = services.analyse_comments(profile_id=run.params["profile_id"], report=run.report)
    except Profile.DoesNotExist:
        return {"analysed": 0, "skipped": True}
    return {"analysed": read}


@shared_task(name="analysis.submit_due", base=PublicTask)
def submit_due() -> int:
    """Beat, every minute: queue creators with new or outdated posts."""
    return services.submit_due_analyses()


@shared_task(name="analysis.purge", base=PublicTask)
def purge() -> int:
    """Beat, every day: drop readings that no post needs."""
    return services.purge_unused_results()
