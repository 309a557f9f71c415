"""The Celery application. `TeamTask` (apps.teams) is the base of every task."""

import logging.config
import os
import signal
import threading
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from django.conf import settings

from apps.core.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

# Queues on which nobody waits: their workers leave the cores to web and look-ups.
PATIENT_QUEUES = frozenset({"analysis", "batch", "background"})
BACKGROUND_NICENESS = 10

app = Celery("analytics_following", task_cls="apps.teams.access:TeamTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def keep_connections(sender: Celery, **_kwargs: Any) -> None:
    """Celery's Django fixup reads the setting under this very name, which the namespace cuts."""
    sender.conf["CELERY_DB_REUSE_MAX"] = settings.CELERY_DB_REUSE_MAX


@setup_logging.connect(dispatch_uid="config.log_as_the_web_does")
def log_as_the_web_does(**_kwargs: Any) -> None:
    """Receiving this signal keeps Celery from setting up its own, unstructured logging."""
    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect(dispatch_uid="config.follow_the_worker")
def follow_the_worker(**_kwargs: Any) -> None:
    """A killed worker takes its pool with it; the jobs' leases run out and others take them."""
    die_with_parent(signal.SIGKILL)


@worker_process_init.connect(dispatch_uid="config.stand_back")
def stand_back(**_kwargs: Any) -> None:
    """A process of patient queues alone has lower priority; one for analysis loads its models before they are needed.

    In a thread, since Celery takes a process that is not up within four seconds for dead.
    """
    queues = frozenset(app.amqp.queues.consume_from)
    if not queues or not queues <= PATIENT_QUEUES:
        return
    os.nice(BACKGROUND_NICENESS)
    if "analysis" in queues:
        from apps.analysis.services import warm_up  # noqa: PLC0415 - models are there only now

        threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
