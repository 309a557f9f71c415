"""Beat ticks once however many are started."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from apps.core.gateways import shared_redis
from tests.architecture.environment import ROOT

pytestmark = pytest.mark.concurrency


@pytest.fixture
def start_beat(transactional_db, tmp_path) -> Iterator[object]:
    parameters = connections["default"].settings_dict
    host = f"{parameters['HOST']}:{parameters['PORT']}"
    url = f"postgresql://{parameters['USER']}:{parameters['PASSWORD']}@{host}/{parameters['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL, "DATABASE_POOL_SIZE": "0"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    started = []

    def start(name: str) -> tuple[subprocess.Popen[bytes], object]:
        log = tmp_path / name
        command = [sys.executable, "manage.py", "run_beat", "--check-seconds", "0.2"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log.open("wb"), stderr=subprocess.STDOUT)
        started.append(process)
        return process, log

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(log, text: str) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if text in log.read_text():
            return True
        time.sleep(0.1)
    return False


def test_the_second_waits_and_takes_over_when_the_first_is_killed(start_beat):
    first, first_log = start_beat("first")
    assert wait_for(first_log, "beat_started")
    second, second_log = start_beat("second")
    assert wait_for(second_log, "beat_waits")
    assert "beat_started" not in second_log.read_text()
    assert shared_redis().exists("af:beat")

    first.kill()

    assert wait_for(second_log, "beat_started")
    second.terminate()
    assert second.wait(15) == 0
