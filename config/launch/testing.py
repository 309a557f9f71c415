"""`make test` and whatever else needs servers for the length of one command."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from config.embedded.valkey import ServerFailed

from .console import complain, say
from .frontend import build_frontend
from .lock import FolderLock
from .places import PYTHON, VAR, read_environment
from .servers import prepare_servers, start_servers
from .steps import StepFailed, Stopped, ignore_signals, raise_when_asked_to_stop, run_here

TEST_FOLDER = VAR / "test"
_NOTHING_COLLECTED = 5
MAX_PROCESSES = 8
# Races and browsers need the cores for themselves, so they run alone after the others.
PHASES = (
    ("Tests", "not browser and not concurrency", True),
    ("Concurrency tests", "concurrency and not browser", False),
    ("Browser tests", "browser", False),
)


def run_tests(arguments: list[str]) -> int:
    """All tests, or `pytest <arguments>`, on servers of their own (or the given ones)."""
    return with_servers(TEST_FOLDER, lambda environment: _run_pytest(environment, arguments))


def run_bench(arguments: list[str]) -> int:
    """The benchmark on servers of its own, with the safety settings of a real server."""
    command = [str(PYTHON), "-m", "bench", *arguments]
    folder = VAR / "bench"
    return with_servers(folder, lambda environment: run_here(command, environment=environment), lasting=True)


def with_servers(folder: Path, act: Callable[[Mapping[str, str]], int], *, lasting: bool = False) -> int:
    """Start servers under `folder`, run `act` with the environment that leads to them, stop them again."""
    raise_when_asked_to_stop()
    try:
        return _with_servers(folder, act, lasting=lasting)
    except Stopped:
        return 130


def _with_servers(folder: Path, act: Callable[[Mapping[str, str]], int], *, lasting: bool) -> int:
    environment = read_environment()
    lock = FolderLock(folder, what=f"`make {folder.name}`")
    lock.take()
    servers = prepare_servers(environment=environment, folder=folder, lasting=lasting)
    for server in (servers.postgres, servers.valkey):
        if server:
            server.preferred_port += 20  # leaves the usual ones to `make run`
    try:
        build_frontend(servers.environment)
        start_servers(servers)
        return act(servers.environment)
    except ServerFailed as error:
        complain(str(error))
    except StepFailed:
        pass
    finally:
        ignore_signals()
        lock.tell_stopping()
        servers.stop()
    return 1


def _run_pytest(environment: Mapping[str, str], arguments: list[str]) -> int:
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment.pop("DEMO", None)
    if arguments:
        return run_here([str(PYTHON), "-m", "pytest", *arguments], environment=environment)
    processes = str(min(os.cpu_count() or 2, MAX_PROCESSES))
    failed = []
    for title, selection, parallel in PHASES:
        say(f"\n{title}")
        command = [str(PYTHON), "-m", "pytest", "-q", "-m", selection]
        code = run_here([*command, *(["-n", processes] if parallel else [])], environment=environment)
        if code not in {0, _NOTHING_COLLECTED}:
            failed.append(title)
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll tests passed.")
    return 1 if failed else 0
