"""Children that never outlive the launcher, whatever kills it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from apps.core.processes import die_with_parent

# In the environment of every child: how a later start finds what a killed one left behind.
MARK = "AF_LAUNCHED_FROM"


@dataclass(frozen=True, slots=True)
class Program:
    """What to start. `stop_signal` ends it in an orderly way; `death_signal` comes if the launcher is killed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    stop_signal: int = signal.SIGTERM
    death_signal: int = signal.SIGTERM
    grace_seconds: float = 6.0
    become: Callable[[], None] | None = None


class Child:
    """A started program with a process group of its own."""

    def __init__(self, program: Program, process: "subprocess.Popen[bytes]") -> None:
        self.program = program
        self.process = process

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running:
            with suppress(ProcessLookupError):
                self.process.send_signal(self.program.stop_signal)

    def wait_until_stopped(self, deadline: float) -> None:
        """Wait, then kill. The group goes too: a child's own children must not stay."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(5)

    def stop(self) -> None:
        self.ask_to_stop()
        self.wait_until_stopped(time.monotonic() + self.program.grace_seconds)

    def last_lines(self, count: int = 15) -> str:
        with suppress(OSError):
            return "\n".join(self.program.log.read_text(errors="replace").splitlines()[-count:])
        return ""


def start(program: Program, *, mark: Path) -> Child:
    """Start `program`; its output goes to its log file."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    parent = os.getpid()

    def prepare() -> None:
        if program.become:
            program.become()
        die_with_parent(program.death_signal)
        if os.getppid() != parent:  # the launcher died between fork and here
            os._exit(1)

    with program.log.open("ab") as log:
        process = subprocess.Popen(
            list(program.command),
            env={**program.environment, MARK: str(mark)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=prepare,
        )
    return Child(program, process)


def stop_all(children: Sequence[Child]) -> None:
    """Stop in the order given: everybody of one call is asked at once, then waited for."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_until_stopped(time.monotonic() + child.program.grace_seconds)


def end_leftovers(mark: Path) -> int:
    """End what an earlier launcher with the same mark left running; returns how many there were."""
    found = list(_list_marked(mark))
    for pid in found:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 5
    while _list_alive(found) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid in _list_alive(found):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    while _list_alive(found) and time.monotonic() < deadline + 5:
        time.sleep(0.1)
    return len(found)


def _list_alive(pids: Sequence[int]) -> list[int]:
    return [pid for pid in pids if _state(pid) not in {"", "Z"}]


def _state(pid: int) -> str:
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return ""


def _list_marked(mark: Path) -> Iterator[int]:
    wanted = f"{MARK}={mark}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        with suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0") and pid != os.getpid():
                yield pid
