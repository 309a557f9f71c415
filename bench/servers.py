"""Starting and ending the servers that a bench compares, each on a free loopback port with the same workers."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def granian(application: str, port: int) -> list[str]:
    """The product's server, as the Procfile starts it."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(WORKERS), "--blocking-threads", "4", "--log-level", "warning", application),
    ]


def uvicorn(python: str, application: str, port: int) -> list[str]:
    """The peer's server with its fastest loop and parser."""
    return [
        *(python, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(port)),
        *(
            "--workers",
            str(WORKERS),
            "--loop",
            "uvloop",
            "--http",
            "httptools",
            "--no-access-log",
            "--log-level",
            "warning",
        ),
    ]


@contextmanager
def running(command: Sequence[str], *, env: Mapping[str, str]) -> Iterator[None]:
    """Keep a server up for the block; its whole process group ends with it."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
