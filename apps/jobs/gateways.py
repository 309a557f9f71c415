"""The broker: a message says only which job to look at, so a lost or doubled one does no harm."""

from uuid import UUID

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)
PUBLIC_HEADERS = {"team_schema": "public"}


def publish_job(*, job_id: UUID, queue: str, countdown: float = 0) -> bool:
    """Tell a worker of a job, by name. False when the broker is away: the row stays, and the sweep publishes it."""
    try:
        current_app.send_task(
            "jobs.run", args=[str(job_id)], queue=queue, countdown=countdown or None, headers=dict(PUBLIC_HEADERS)
        )
    except (OperationalError, OSError) as error:
        logger.warning("job_not_published", job_id=str(job_id), error=str(error))
        return False
    return True
