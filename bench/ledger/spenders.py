"""A process of threads that hold and capture, for the product or for the bare script.

    python -m bench.ledger.spenders product|bare THREADS

Reads `<wallets> <seconds>` lines and answers each with the number of holds that were captured. For no seconds, each
thread visits each wallet once, in an order of its own: connections know afterwards what they will meet.
"""

import os
import queue
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count

import django

django.setup()

from apps.accounts.models import User  # noqa: E402
from apps.credits.services import capture_hold, hold_credits  # noqa: E402
from apps.teams.access import enter_team  # noqa: E402
from apps.teams.models import Team  # noqa: E402
from bench.ledger.bare import BareLedger  # noqa: E402

PRICE = 25
Spend = Callable[[int, str], None]


def open_product() -> Spend:
    """The product's services on this thread's connection, entering a team for each pair as a request does."""
    teams, member = _read_teams()

    def spend(wallet: int, key: str) -> None:
        with enter_team(teams[wallet]):
            hold_credits(action="influencer_unlock", key=key, member=member)
            capture_hold(key=key)

    return spend


def open_bare() -> Spend:
    """The bare script on a connection of its own."""
    ledger = BareLedger(os.environ["DATABASE_URL"])

    def spend(wallet: int, key: str) -> None:
        ledger.hold(wallet, key=key, price=PRICE)
        ledger.capture(wallet, key=key)

    return spend


class Spender(threading.Thread):
    """A thread that keeps its connection from round to round."""

    def __init__(self, open_side: Callable[[], Spend], *, number: int, start: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.open_side, self.number, self.together = open_side, number, start
        self.rounds: queue.Queue[tuple[int, float]] = queue.Queue()
        self.done: queue.Queue[int] = queue.Queue()

    def run(self) -> None:
        """Spend in each round until its time is over."""
        spend = self.open_side()
        chance = random.Random(f"{os.getpid()}:{self.number}")
        while True:
            wallets, seconds = self.rounds.get()
            self.together.wait(60)
            done, ends_at = 0, time.perf_counter() + seconds
            every = chance.sample(range(wallets), wallets)
            visits = _draw(chance, wallets, until=ends_at) if seconds else every
            for wallet in visits:
                spend(wallet, f"bench:{os.getpid()}:{self.number}:{next(_keys)}")
                done += 1
            self.done.put(done)


_keys = count()


def _draw(chance: random.Random, wallets: int, *, until: float) -> Iterator[int]:
    while time.perf_counter() < until:
        yield chance.randrange(wallets)


def _read_teams() -> tuple[list, object]:
    member = User.objects.get(email="bench@ledger.example")
    return list(Team.objects.filter(memberships__user=member).order_by("id")), member


def main() -> None:
    """Serve the lines of standard input."""
    open_side = {"product": open_product, "bare": open_bare}[sys.argv[1]]
    threads = int(sys.argv[2])
    start = threading.Barrier(threads)
    spenders = [Spender(open_side, number=number, start=start) for number in range(threads)]
    for spender in spenders:
        spender.start()
    for line in sys.stdin:
        wallets, seconds = line.split()
        for spender in spenders:
            spender.rounds.put((int(wallets), float(seconds)))
        print(sum(spender.done.get() for spender in spenders), flush=True)


if __name__ == "__main__":
    main()
