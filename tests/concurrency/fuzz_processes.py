"""The processes of the fuzz: a server for Stripe's webhooks, and a worker that is killed again and again."""

import http.client
import os
import random
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from apps.jobs.services import run_job
from tests.fakes.stripe import WEBHOOK_SECRET

from .fuzz_clock import VARIABLE
from .fuzz_work import list_work

ROOT = Path(__file__).resolve().parents[2]
WEBHOOK = "/api/v1/billing/webhooks/stripe"
_START_SECONDS = 60


def make_environment(fake: Any, clock: Path) -> dict[str, str]:
    return {
        **os.environ,
        VARIABLE: str(clock),
        "STRIPE_SECRET_KEY": fake.key,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": fake.base_url,
        "LOG_LEVEL": "CRITICAL",
    }


class Server:
    """A real server that Stripe posts its events to."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "tests.concurrency.fuzz_server:application"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "--workers", "1", "--blocking-threads", "4"]
        command += ["--no-ws", "--log-level", "critical"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment | {"DATABASE_POOL_SIZE": "4"})
        self._wait()

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.port}{WEBHOOK}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def _wait(self) -> None:
        give_up = time.monotonic() + _START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, "the server has ended"
            assert time.monotonic() < give_up, "the server does not answer"
            time.sleep(0.1)

    def _answers(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with suppress(OSError, http.client.HTTPException):
            link.request("GET", WEBHOOK)
            return link.getresponse().status == 405
        return False


class Worker:
    """Works on jobs in this process; another one is a process of its own and is killed again and again."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.child: subprocess.Popen[bytes] | None = None
        self.killed = 0

    def act(self, chance: random.Random) -> None:
        waiting = list(list_work().order_by("id").values_list("id", flat=True)[:20])
        if waiting:
            run_job(waiting[chance.randrange(len(waiting))])

    def respawn(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait(10)
            self.killed += 1
        command = [sys.executable, "-m", "tests.concurrency.fuzz_worker"]
        self.child = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait(10)
