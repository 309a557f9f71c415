"""Celery beat, in one place at a time however many are started (Procfile, `make run`)."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

import psycopg
import structlog
from django.core.management.base import BaseCommand, CommandParser
from redis.exceptions import RedisError

from apps.core.connections import connect_apart
from apps.core.processes import die_with_parent
from apps.system.health import report_beat

logger = structlog.get_logger(__name__)
LOCK_ID = 0xAFBEA7
CHECK_SECONDS = 5.0
GRACE_SECONDS = 5.0
SCHEDULER = [sys.executable, "-m", "celery", "-A", "config", "beat", "-l", "info", "--pidfile="]


class Command(BaseCommand):
    help = "Run celery beat under a PostgreSQL advisory lock; a second one waits and takes over."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check-seconds", type=float, default=CHECK_SECONDS)

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _stop)
        pause = options["check_seconds"]
        while True:
            _stop_if_asked()
            try:
                with connect_apart() as connection:
                    _wait_for_lock(connection, pause=pause)
                    _tick(connection, pause=pause, report=lambda: _report(pause * 4))
            except psycopg.OperationalError as error:
                logger.warning("beat_lost_database", error=str(error).strip())
                time.sleep(pause)


def _report(seconds: float) -> None:
    try:
        report_beat(seconds=seconds)
    except RedisError:
        logger.warning("heartbeat_failed")


_asked: list[int] = []


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    _asked.append(number)
    raise SystemExit(0)


def _stop_if_asked() -> None:
    """For loops: what a signal's handler raises while Python forks or destroys an object is swallowed."""
    if _asked:
        raise SystemExit(0)


def _wait_for_lock(connection: "psycopg.Connection[tuple[Any, ...]]", *, pause: float) -> None:
    told = False
    while True:
        _stop_if_asked()
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_ID]).fetchone()
        if row and row[0]:
            return
        if not told:
            logger.info("beat_waits", reason="another beat holds the lock")
            told = True
        time.sleep(pause)


def _tick(connection: "psycopg.Connection[tuple[Any, ...]]", *, pause: float, report: Callable[[], None]) -> None:
    """Run the scheduler while the lock's connection lives. Its loss ends the scheduler before anything else."""
    logger.info("beat_started")
    scheduler = subprocess.Popen(SCHEDULER, preexec_fn=lambda: die_with_parent(signal.SIGTERM))  # noqa: S603, PLW1509 - fixed arguments, one thread
    try:
        while scheduler.poll() is None:
            _stop_if_asked()
            connection.execute("SELECT 1")
            report()
            time.sleep(pause)
        logger.error("beat_ended", exit_code=scheduler.returncode)
    finally:
        scheduler.terminate()
        try:
            scheduler.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            scheduler.kill()
