"""Keeps the lease of a running job while its process lives, however long a single step takes."""

import threading
from types import TracebackType
from uuid import UUID

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from apps.jobs.runs import renew_lease

logger = structlog.get_logger(__name__)


class Heartbeat:
    """Renew the lease every third of it from a thread of its own; a process killed with -9 stops renewing."""

    def __init__(self, *, job_id: UUID, attempt: int) -> None:
        self._job_id, self._attempt = job_id, attempt
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{job_id}", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        while not self._over.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                if not renew_lease(job_id=self._job_id, attempt=self._attempt):
                    return
            except DatabaseError as error:
                logger.warning("lease_not_renewed", job_id=str(self._job_id), error=str(error))
            finally:
                connection.close()
