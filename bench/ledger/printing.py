"""Pressing both sides in turn, and the figures."""

import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.ledger.bare import make_bare_wallets
from bench.servers import ROOT, WORKERS

DATABASE = "bench_ledger"
WALLETS = 100
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "5"))
THREADS = 4
CREDITS = 1_000_000_000_000
SIDES = ("product", "bare")
Rates = dict[int, dict[str, list[float]]]


def run() -> None:
    """Work in a database of its own, made anew, and print rates with their ratios, then pages with their costs."""
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{DATABASE}"))
    environment = {**os.environ, "DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {DATABASE}")
        _python("bench.ledger.wallets", str(WALLETS), str(CREDITS), environment=environment)
        make_bare_wallets(url, wallets=WALLETS, credits=CREDITS)
        _print_rates(*_press(environment))
        pages = json.loads(_python("bench.ledger.pages", str(ENTRIES), environment=environment))
        admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    _print_pages(pages)


class Side:
    """The spending processes of the product or of the bare script."""

    def __init__(self, name: str, *, environment: dict[str, str], stack: ExitStack) -> None:
        command = [sys.executable, "-m", "bench.ledger.spenders", name, str(THREADS)]
        self.processes = [
            stack.enter_context(
                subprocess.Popen(
                    command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(WORKERS)
        ]

    def press(self, *, wallets: int, seconds: int) -> float:
        """Pairs of hold and capture per second."""
        return self._run(wallets, seconds) / seconds

    def visit(self, *, wallets: int) -> float:
        """Each connection meets each wallet for the first time: pairs per second."""
        started = time.perf_counter()
        return self._run(wallets, 0) / (time.perf_counter() - started)

    def _run(self, wallets: int, seconds: int) -> int:
        for process in self.processes:
            print(wallets, seconds, file=process.stdin, flush=True)
        counts = [process.stdout.readline() for process in self.processes]
        if not all(counts):
            sys.exit("bench: a spending process ended")
        return sum(map(int, counts))


def _press(environment: dict[str, str]) -> tuple[Rates, dict[str, float]]:
    """The rates of each round, and those of the first visits of all wallets."""
    rates: Rates = {}
    with ExitStack() as stack:
        sides = {name: Side(name, environment=environment, stack=stack) for name in SIDES}
        for wallets in (1, WALLETS):
            rates[wallets] = {name: [] for name in SIDES}
            first = {name: side.visit(wallets=wallets) for name, side in sides.items()}
            for side in sides.values():
                side.press(wallets=wallets, seconds=SECONDS)
            for _ in range(ROUNDS):
                for name, side in sides.items():
                    rates[wallets][name].append(side.press(wallets=wallets, seconds=SECONDS))
    return rates, first


def _python(module: str, *arguments: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _print_rates(rates: Rates, first: dict[str, float]) -> None:
    print(
        f"\nHold + capture a second, {WORKERS} processes of {THREADS} threads, {ROUNDS} rounds of {SECONDS} s"
        " (medians; bench/ledger/bare.py says what the bare script does)"
    )
    print(f"{'':20}{'product':>10}{'bare psycopg':>14}  product ÷ it (in each round)")
    for wallets, sides in rates.items():
        product, bare = sides["product"], sides["bare"]
        ratios = [ours / theirs for ours, theirs in zip(product, bare, strict=True)]
        name = f"{wallets} wallet{'s' if wallets > 1 else ''}"
        spread = ", ".join(f"{ratio:.2f}" for ratio in sorted(ratios))
        print(
            f"{name:20}{statistics.median(product):10,.0f}{statistics.median(bare):14,.0f}"
            f"  {statistics.median(ratios):.2f} ({spread})"
        )
    product, bare = first["product"], first["bare"]
    print(f"{'first visits of 100':20}{product:10,.0f}{bare:14,.0f}  {product / bare:.2f}, before the rounds")


def _print_pages(pages: list[dict[str, object]]) -> None:
    print(f"\nThe wallet on {ENTRIES:,} entries, nothing cached where not said (queries of the whole request, median)")
    for page in pages:
        print(f"{page['name']:30}{page['queries']:5} queries{page['ms']:9.1f} ms")
