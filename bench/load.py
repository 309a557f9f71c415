"""Driving wrk against servers on loopback, in turn, so that a drifting machine touches all of them alike."""

import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_BAD = re.compile(r"Non-2xx or 3xx responses:\s+(\d+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
_TO_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Target:
    """One server under load and what it answered in each round (requests per second, p99 in ms)."""

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def p99(self) -> float:
        return statistics.median(self.p99s)


def find_wrk() -> str:
    """The load generator's path; exits with a message where it is missing."""
    if path := shutil.which("wrk"):
        return path
    sys.exit("bench: needs wrk (Debian: apt-get install wrk)")


def wait_until_ready(target: Target, *, seconds: float = 30) -> bytes:
    """Ask until the target answers 200 and return the body; exits when it never does."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            request = urllib.request.Request(target.url, headers=target.headers)
            with urllib.request.urlopen(request, timeout=5) as response:
                return response.read()
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            if time.monotonic() > deadline:
                sys.exit(f"bench: {target.name} does not answer: {error}")
            time.sleep(0.2)


def press(target: Target, *, seconds: int, connections: int = 16) -> None:
    """One round of load; a single answer that is not 2xx ends the bench, since its figures would mean nothing."""
    headers = [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
    command = [find_wrk(), "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *headers, target.url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if bad := _BAD.search(output):
        sys.exit(f"bench: {target.name} answered {bad[1]} requests with an error")
    rate, p99 = _RATE.search(output), _P99.search(output)
    if rate is None or p99 is None:
        sys.exit(f"bench: cannot read wrk's answer:\n{output}")
    target.rates.append(float(rate[1]))
    target.p99s.append(float(p99[1]) * _TO_MS[p99[2]])


def press_in_turn(targets: Sequence[Target], *, rounds: int, seconds: int) -> None:
    """Warm each target, then A B C, A B C, …"""
    for target in targets:
        press(target, seconds=2)
        target.rates.clear()
        target.p99s.clear()
    for _ in range(rounds):
        for target in targets:
            press(target, seconds=seconds)
