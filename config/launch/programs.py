"""What `make run` starts beside the servers. The Procfile says the same for a deployment."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from config.embedded.processes import Program

from .address import Address
from .places import PYTHON, VAR
from .steps import manage

THREADS = 8
# Each thread may hold a connection, and the embedded server has 200.
MAX_WEB_WORKERS = 16


@dataclass(frozen=True, slots=True)
class Recipe:
    """The environment that all programs share."""

    environment: Mapping[str, str]

    def web(self, address: Address) -> Program:
        workers = self.environment.get("WEB_CONCURRENCY") or str(min(os.cpu_count() or 2, MAX_WEB_WORKERS))
        threads = self.environment.get("WEB_THREADS") or str(THREADS)
        command = ["granian", "--interface", "wsgi", "config.wsgi:application", "--host", address.host]
        command += ["--port", str(address.port), "--workers", workers, "--blocking-threads", threads, "--no-ws"]
        command += ["--backlog", "2048", "--backpressure", "256", "--respawn-failed-workers"]
        command += ["--workers-kill-timeout", "5", "--log-level", "warning"]
        return self._python("web", command, {"DATABASE_POOL_SIZE": threads})

    def worker(self) -> Program:
        """Jobs that somebody waits for."""
        return self._celery("worker", queues="priority,default", concurrency="2")

    def analyst(self) -> Program:
        """Analysis alone, so that long batches never stand before a look-up."""
        concurrency = self.environment.get("AI_MAX_WORKERS") or "1"
        program = self._celery("analyst", queues="analysis,batch", concurrency=concurrency)
        # Threads of a model that wait by spinning would take the cores from the web server.
        return replace(program, environment={**program.environment, "OMP_WAIT_POLICY": "passive"})

    def background(self) -> Program:
        """What nobody waits for: pictures, of which a creator has dozens, and the weekly refreshes."""
        return self._celery("background", queues="background", concurrency="1")

    def beat(self) -> Program:
        return self._program("beat", manage("run_beat"), {"DATABASE_POOL_SIZE": "0"})

    def _celery(self, name: str, *, queues: str, concurrency: str) -> Program:
        command = ["celery", "-A", "config", "worker", "-n", f"{name}@%h", "-Q", queues, "-c", concurrency]
        command += ["--max-tasks-per-child", "500", "--without-gossip", "--without-mingle", "-l", "info"]
        extra = {"DATABASE_POOL_SIZE": "0", "REMAP_SIGTERM": "SIGQUIT", "WORKER_SOFT_SHUTDOWN_SECONDS": "3"}
        # A worker whose broker dies with it would try to reach it for long: jobs have leases, so it may just be killed.
        return replace(self._python(name, command, extra), death_signal=signal.SIGKILL)

    def _python(self, name: str, module: list[str], extra: Mapping[str, str]) -> Program:
        return self._program(name, [str(PYTHON), "-m", *module], extra)

    def _program(self, name: str, command: list[str], extra: Mapping[str, str]) -> Program:
        return Program(name, command, {**self.environment, **extra}, log_of(name), grace_seconds=8)


def log_of(name: str) -> Path:
    return VAR / "log" / f"{name}.log"
