"""Real workers for tests, on the test's own servers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from config.embedded.processes import Child, Program
from tests.architecture.environment import ROOT


def servers() -> dict[str, str]:
    """The environment of a process that works on this test's database and queue."""
    where = connection.settings_dict
    url = f"postgresql://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DATABASE_POOL_SIZE": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }


class ForkingWorker:
    """`work(job_id)` has a new process make an attempt at the job; `kill()` ends it by kill -9."""

    def __init__(self, read_log: Path, **environment: str) -> None:
        self.read_log = read_log
        self.read_log.touch()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.analysis.workers.forking"],
            cwd=ROOT, env={**servers(), "READ_LOG": str(read_log), "AI_ENGINES": "slow", **environment},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.child = 0

    def work(self, job_id: object) -> None:
        self.process.stdin.write(f"{job_id}\n")
        self.process.stdin.flush()
        self.child = int(self.process.stdout.readline())

    @property
    def is_working(self) -> bool:
        return Path(f"/proc/{self.child}").exists()

    def kill(self) -> None:
        os.kill(self.child, signal.SIGKILL)
        wait_until(lambda: not self.is_working)

    def list_read(self) -> list[str]:
        return self.read_log.read_text().splitlines()

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


def wait_until(true: Callable[[], object], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not happen")
        time.sleep(0.002)


def start_program(program: Program, folder: Path) -> Child:
    """Start what the launcher would start, with its log in `folder`."""
    log = (folder / f"{program.name}.log").open("wb")
    return Child(
        program,
        subprocess.Popen(
            program.command, cwd=ROOT, env=dict(program.environment), stdout=log, stderr=log, start_new_session=True
        ),
    )
