"""Makes `.venv` and fills it, then hands over to `python -m config.launch <command>` inside it.

Runs by path on a machine that has only Python 3.11 and pip, so it imports the standard library and nothing else.
What is installed is remembered by the hash of the requirement files; an interrupted install is begun anew.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

PROJECT = Path(__file__).resolve().parents[2]
VAR = PROJECT / "var"
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VAR / "log" / "install.log"
# Lies there while pip works: found at the next start, it says that nothing in the environment is to be trusted.
UNFINISHED = VENV / ".unfinished"
CONSTRAINTS = PROJECT / "config" / "constraints.txt"
RUNTIME = ("requirements.txt", "config/constraints.txt")
TOOLS = (*RUNTIME, "tests/requirements.txt")
SAY_EVERY_SECONDS = 8.0


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    follow_parent()
    require_python()
    with installing():
        if not venv_works():
            make_venv()
        install("runtime" if command in {"run", "demo-reset"} else "tools")
    if command == "lock":
        write_constraints()
        return
    os.chdir(PROJECT)
    os.execv(PYTHON, [str(PYTHON), "-m", "config.launch", *sys.argv[1:]])  # noqa: S606


def say(text: str) -> None:
    print(text, flush=True)


def fail(text: str) -> NoReturn:
    print(text, file=sys.stderr, flush=True)
    raise SystemExit(1)


def follow_parent() -> None:
    """End with `make`, also when it is killed: nobody could stop us afterwards. Stays in force over exec."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM, 0, 0, 0)


def require_python() -> None:
    if sys.version_info[:2] != (3, 11):
        fail(
            f"Python 3.11 is needed; this is {sys.version.split()[0]} ({sys.executable}). Try `make PYTHON=python3.11`."
        )


@contextlib.contextmanager
def installing() -> Iterator[None]:
    """One install at a time in this checkout; `make run` and `make test` may start together."""
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        lock = (VAR / "install.lock").open("w")
    except PermissionError:
        fail(f"{VAR} belongs to another user. Run as that user, or hand it over: chown -R {os.getuid()} '{PROJECT}'")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another install is under way here; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def venv_works() -> bool:
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    probe = subprocess.run(
        [PYTHON, "-c", "import sys; print(sys.version_info[:2], sys.prefix)"], capture_output=True, text=True
    )
    return probe.returncode == 0 and probe.stdout.split("\n")[0] == f"(3, 11) {VENV}"


def make_venv() -> None:
    """Without pip inside: Debian's python3 has no ensurepip, and the machine's own pip can install into it."""
    if VENV.exists():
        say("The Python environment is incomplete or was moved; making it anew.")
        shutil.rmtree(VENV)
    say("Making the Python environment in .venv")
    run_quietly([sys.executable, "-m", "venv", "--without-pip", str(VENV)])


def wanted(files: tuple[str, ...]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in files:
        digest.update((PROJECT / name).read_bytes())
    return digest.hexdigest()


def install(what: str) -> None:
    files = RUNTIME if what == "runtime" else TOOLS
    stamp = VENV / f".installed-{what}"
    digest = wanted(files)
    if stamp.exists() and stamp.read_text() == digest:
        return
    names = [line for name in files for line in (PROJECT / name).read_text().splitlines() if "==" in line]
    size = "this takes about two minutes, once" if not list(VENV.glob(".installed-*")) else "a moment"
    say(f"Installing {len(set(names))} packages ({size})")
    UNFINISHED.touch()
    command = [*pip(), "install", "--no-compile", "--progress-bar", "off", "-c", str(CONSTRAINTS)]
    command += ["-r", str(PROJECT / ("requirements.txt" if what == "runtime" else "tests/requirements.txt"))]
    run_showing_progress(command)
    replace(stamp, digest)
    if what == "tools":  # they include the rest
        replace(VENV / ".installed-runtime", wanted(RUNTIME))
    UNFINISHED.unlink()


def pip() -> list[str]:
    """The machine's pip, working on our environment."""
    for python in (sys.executable, "/usr/bin/python3"):
        probe = subprocess.run([python, "-m", "pip", "--python", str(PYTHON), "--version"], capture_output=True)
        if probe.returncode == 0:
            return [python, "-m", "pip", "--python", str(PYTHON)]
    fail("pip 22.3 or newer is needed (python3 -m pip --version). On Debian: apt-get install python3-pip")


def write_constraints() -> None:
    """Pin what our requirements pull in, as it is installed now and was tested."""
    frozen = subprocess.run([*pip(), "freeze", "--exclude", "pip"], capture_output=True, text=True, check=True).stdout
    head = "# Everything that is installed, also what requirements.txt only pulls in. Written by `make lock`."
    # Without local versions: `2.13.0+cpu` is on one machine only, and `==2.13.0` takes it where it is.
    lines = [line.partition("+")[0] for line in frozen.splitlines() if "==" in line]
    replace(CONSTRAINTS, "\n".join([head, *lines]) + "\n")


def replace(path: Path, text: str) -> None:
    """Write whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    fresh.replace(path)


def run_quietly(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=follow_parent)
    if done.returncode:
        fail(done.stdout + done.stderr)


def run_showing_progress(command: list[str]) -> None:
    """One line every few seconds: how far pip is. Its full output goes to var/log/install.log."""
    started = said = time.monotonic()
    collected, step = 0, "resolving"
    with (
        LOG.open("w") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=follow_parent
        ) as process,
    ):
        for line in process.stdout or ():
            log.write(line)
            collected += line.startswith("Collecting ")
            step = "unpacking" if line.startswith("Installing collected") else step
            if step == "unpacking" or time.monotonic() - said > SAY_EVERY_SECONDS:
                said = time.monotonic()
                what = "all fetched, unpacking" if step == "unpacking" else f"{collected} fetched"
                say(f"  … {what} ({said - started:.0f} s)")
    if process.returncode:
        tail = "\n".join(LOG.read_text().splitlines()[-20:])
        fail(f"{tail}\nThe install failed; all of its output is in {LOG}")


def stop(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    main()
