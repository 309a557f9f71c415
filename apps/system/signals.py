"""A Celery worker's own signals: it marks that it lives (see health.heartbeats)."""

import time
from typing import Any

import structlog
from celery.signals import heartbeat_sent, worker_ready, worker_shutting_down
from redis.exceptions import RedisError

from .health.heartbeats import forget_worker, report_worker

logger = structlog.get_logger(__name__)
EVERY_SECONDS = 5.0


class _Worker:
    """What this process knows about itself once it is a ready worker."""

    name = ""
    queues: tuple[str, ...] = ()
    reported_at = 0.0


@worker_ready.connect(dispatch_uid="system.worker_ready")
def introduce(sender: Any = None, **_kwargs: Any) -> None:
    _Worker.name = sender.hostname
    _Worker.queues = tuple(sorted(queue.name for queue in sender.task_consumer.queues))
    _report()


@heartbeat_sent.connect(dispatch_uid="system.heartbeat_sent")
def stay_alive(**_kwargs: Any) -> None:
    if _Worker.name and time.monotonic() - _Worker.reported_at > EVERY_SECONDS:
        _report()


@worker_shutting_down.connect(dispatch_uid="system.worker_shutting_down")
def leave(**_kwargs: Any) -> None:
    if _Worker.name:
        name, _Worker.name = _Worker.name, ""
        try:
            forget_worker(name=name, queues=_Worker.queues)
        except RedisError:
            logger.warning("heartbeat_failed")


def _report() -> None:
    _Worker.reported_at = time.monotonic()
    try:
        report_worker(name=_Worker.name, queues=_Worker.queues)
    except RedisError:
        logger.warning("heartbeat_failed")
