"""A worker killed with -9 loses nothing and does nothing twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from apps.jobs.models import Job
from apps.jobs.services import run_job, submit_job, sweep_jobs

_SCRIPT = Path(__file__).with_name("killed_worker.py")
_ROOT = _SCRIPT.parents[2]


def start_worker(job: Job) -> subprocess.Popen[str]:
    where = connection.settings_dict
    url = f"postgresql://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, str(_SCRIPT), str(job.pk)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=_ROOT)


@pytest.mark.concurrency
def test_a_killed_workers_job_is_finished_by_the_next(committed_db, team, register):
    finished = []
    register("test.killed", lambda run: finished.append(run.attempt) or {"by": "the living"})
    job = submit_job(kind="test.killed", params={}, team=team)
    worker = start_worker(job)
    try:
        assert worker.stdout.readline().strip() == "working"
        assert run_job(job.pk) is False
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    half = Job.objects.get(pk=job.pk)
    assert (half.state, half.attempts, half.progress["message"]) == ("running", 1, "half done")

    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep_jobs()
    assert run_job(job.pk) is True
    assert run_job(job.pk) is False

    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempts, done.result) == ("succeeded", 2, {"by": "the living"})
    assert finished == [2]
