"""What a worker's process does when it starts, by the queues it serves. In a process of its own: it changes itself."""

import json
import os
import subprocess
import sys

import pytest

_START = """
import json, os, sys, threading
from config.celery import app, stand_back
app.loader.import_default_modules()
app.amqp.queues.select({queues!r})
stand_back()
print(json.dumps([os.nice(0), [one.name for one in threading.enumerate() if one.name == "warm-up"]]))
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.parametrize(
    ("queues", "niceness", "warms"),
    [
        (["priority", "default"], 0, False),
        (["background"], 10, False),
        (["analysis", "batch"], 10, True),
        (["analysis", "default"], 0, False),
    ],
)
def test_only_the_analyst_loads_models_and_patient_workers_stand_back(queues, niceness, warms):
    before = os.nice(0)
    started = subprocess.run(
        [sys.executable, "-c", _START.format(queues=queues)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )

    nice, threads = json.loads(started.stdout.splitlines()[-1])

    assert nice == min(19, before + niceness)
    assert threads == (["warm-up"] if warms else [])
