"""Waiting for a job in a request."""

import threading
import time

import pytest
from django.db import connection

from apps.jobs.services import run_job, submit_job, waiting
from apps.jobs.services.waiting import wait_for_job

pytestmark = pytest.mark.concurrency


@pytest.fixture
def job(committed_db, team, register):
    register("test.work", lambda run: {"ok": True})
    return submit_job(kind="test.work", params={}, team=team)


def run_later(job, seconds: float) -> threading.Thread:
    def work():
        time.sleep(seconds)
        run_job(job.pk)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_it_returns_as_soon_as_the_job_ends(job):
    worker = run_later(job, 0.3)
    started = time.monotonic()

    done = wait_for_job(job_id=job.pk, seconds=30)
    worker.join()

    assert done.state == "succeeded"
    assert done.result == {"ok": True}
    assert time.monotonic() - started < 10


def test_it_gives_up_when_the_time_is_over(job):
    started = time.monotonic()

    waited = wait_for_job(job_id=job.pk, seconds=0.4)

    assert waited.state == "queued"
    assert 0.35 < time.monotonic() - started < 5


def test_without_time_it_only_looks(job):
    assert wait_for_job(job_id=job.pk, seconds=0).state == "queued"


def test_beyond_the_quota_nobody_waits(job, monkeypatch):
    full = threading.BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(waiting, "_waiters", full)
    started = time.monotonic()

    assert wait_for_job(job_id=job.pk, seconds=30).state == "queued"
    assert time.monotonic() - started < 5


def test_no_connection_is_held_while_waiting(job, monkeypatch):
    held = []
    sleep = time.sleep

    def watch(seconds):
        held.append(connection.connection is not None)
        sleep(seconds)

    monkeypatch.setattr(waiting.time, "sleep", watch)

    wait_for_job(job_id=job.pk, seconds=0.2)

    assert held
    assert not any(held)
