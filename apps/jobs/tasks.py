"""The worker's side: one task for every job, and the beat's two."""

from celery import shared_task

from apps.core.tasks import PublicTask
from apps.jobs import services


@shared_task(name="jobs.run", ignore_result=True, base=PublicTask)
def run(job_id: str) -> bool:
    """Make one attempt at a job. The job row decides whether there is anything to do."""
    return services.run_job(job_id)


@shared_task(name="jobs.sweep", ignore_result=True, base=PublicTask)
def sweep() -> dict[str, int]:
    """Heal what crashes and outages left."""
    return services.sweep_jobs()


@shared_task(name="jobs.purge", ignore_result=True, base=PublicTask)
def purge() -> dict[str, int]:
    """Drop what nobody reads any more."""
    return services.purge_jobs()
