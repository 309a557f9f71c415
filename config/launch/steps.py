"""Commands that the launcher waits for: they die with it, and what they say is shown."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from apps.core.processes import die_with_parent

from .console import complain
from .places import PROJECT, PYTHON, VAR


class Stopped(BaseException):
    """The user asked to stop (Ctrl-C, SIGTERM, SIGHUP)."""


class StepFailed(Exception):
    """A step of the start went wrong; what it said was shown."""


_asked_at: list[float] = []
_ECHO_SECONDS = 2.0


def raise_when_asked_to_stop() -> None:
    """Turn the signals that mean "stop" into `Stopped`, wherever the launcher is."""

    def handle(_number: int, _frame: object) -> None:
        _asked_at.append(time.monotonic())
        # The same wish often comes twice (from the terminal and from make): the second must not disturb the end.
        if len(_asked_at) == 1 or _asked_at[-1] - _asked_at[0] > _ECHO_SECONDS:
            raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handle)


def stop_if_asked() -> None:
    """For loops: Python swallows what a handler raises while an object is being destroyed."""
    if _asked_at:
        raise Stopped


def ignore_signals() -> None:
    """The orderly end has begun; asking again would only cut it short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _prepare() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    die_with_parent(signal.SIGTERM)


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), str(PROJECT / "manage.py"), *arguments]


def run_here(command: Sequence[str], *, environment: Mapping[str, str]) -> int:
    """Run with our own output and wait; returns the exit code."""
    process = subprocess.Popen(list(command), env=dict(environment), cwd=PROJECT, preexec_fn=_prepare)
    try:
        return process.wait()
    finally:
        _end(process)


def run_step(name: str, command: Sequence[str], *, environment: Mapping[str, str], echo: bool = True) -> None:
    """Run and show what it prints, indented; its errors and logs go to var/log/<name>.log, shown when it fails."""
    log = VAR / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as errors:
        process = subprocess.Popen(
            list(command),
            env=dict(environment),
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=_prepare,
        )
        try:
            tail = _show(process, echo=echo)
            code = process.wait()
        finally:
            _end(process)
    if code:
        complain("\n".join([*tail, *log.read_text().splitlines()[-25:], f"{name} failed; more in {log}"]))
        raise StepFailed(name)


def _show(process: "subprocess.Popen[str]", *, echo: bool) -> list[str]:
    """Print the lines, or keep the last ones for the case of failure."""
    tail: list[str] = []
    for line in process.stdout or ():
        stop_if_asked()
        text = line.strip()
        if echo and text:
            print("  " + text, flush=True)
        tail = [*tail, text][-25:]
    return [] if echo else tail


def _end(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(3)
        return
    process.kill()
    process.wait()
