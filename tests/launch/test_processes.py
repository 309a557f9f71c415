"""Children end with the launcher, whatever ends it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.embedded.processes import Child, Program, end_leftovers, start, stop_all

ROOT = Path(__file__).parents[2]
STUBBORN = "trap '' TERM; sleep 60 & wait; sleep 60"
LAUNCHER = """
import sys, time
from pathlib import Path
from config.embedded.processes import Program, start
folder = Path(sys.argv[1])
child = start(Program("sleeper", ["/bin/sleep", "60"], {}, folder / "log"), mark=folder)
print(child.process.pid, flush=True)
time.sleep(60)
"""


def run(command: list[str], folder: Path, **options: object) -> Child:
    return start(Program("program", command, dict(os.environ), folder / "log", **options), mark=folder)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


@pytest.mark.parametrize("killer", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_dies_with_its_launcher(tmp_path, killer):
    command = [sys.executable, "-c", LAUNCHER, str(tmp_path)]
    launcher = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert launcher.stdout is not None
    child = int(launcher.stdout.readline())
    assert is_alive(child)

    launcher.send_signal(killer)
    launcher.wait(5)

    assert wait_until_gone(child)


def test_a_child_that_will_not_stop_is_killed_with_its_own_children(tmp_path):
    child = run(["/bin/sh", "-c", STUBBORN], tmp_path, grace_seconds=0.3)
    time.sleep(0.2)

    child.stop()

    assert not child.is_running
    assert end_leftovers(tmp_path) == 0


def test_all_are_asked_at_once(tmp_path):
    """Each waits to go until all four were asked, so asking one after the other would end none in peace."""
    all_asked = f"[ $(ls {tmp_path}/asked.* | wc -l) = 4 ]"
    go = f"touch {tmp_path}/asked.$$; until {all_asked}; do sleep 0.05; done; exit 7"
    script = f"trap '{go}' TERM; touch {tmp_path}/ready.$$; sleep 60 & wait"
    children = [run(["/bin/sh", "-c", script], tmp_path, grace_seconds=10) for _ in range(4)]
    while len(list(tmp_path.glob("ready.*"))) < 4:
        time.sleep(0.02)

    stop_all(children)

    assert [child.process.returncode for child in children] == [7] * 4


def test_leftovers_are_found_by_their_mark_and_strangers_are_left_alone(tmp_path):
    ours = run(["/bin/sleep", "60"], tmp_path / "ours")
    other = run(["/bin/sleep", "60"], tmp_path / "other")

    assert end_leftovers(tmp_path / "ours") == 1

    assert ours.process.wait(5) == -signal.SIGTERM
    assert other.is_running
    other.stop()


def test_its_output_and_that_of_an_unknown_program_are_kept(tmp_path):
    child = run(["/bin/sh", "-c", "echo out; echo err >&2"], tmp_path)
    child.process.wait(5)

    assert child.last_lines() == "out\nerr"
