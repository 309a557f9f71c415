"""The read-through cache against a real Valkey, and against one that has gone."""

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from apps.core.caching import cached, drop
from config.embedded.valkey import Valkey

pytestmark = pytest.mark.usefixtures("valkey")


class Maker:
    """Counts how often it is called; each time it gives the next number."""

    def __init__(self, *, takes: float = 0) -> None:
        self.calls = 0
        self._takes = takes
        self._lock = threading.Lock()

    def __call__(self) -> int:
        with self._lock:
            self.calls += 1
            number = self.calls
        time.sleep(self._takes)
        return number


def race(count: int, act: Callable[[], int]) -> list[int]:
    barrier, results = threading.Barrier(count), []

    def run() -> None:
        barrier.wait()
        results.append(act())

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_value_is_made_once_and_then_read():
    make = Maker()

    assert [cached("k", ttl=60, make=make) for _ in range(3)] == [1, 1, 1]
    assert make.calls == 1


def test_none_is_a_value():
    calls = []

    assert cached("k", ttl=60, make=lambda: calls.append(1)) is None
    assert cached("k", ttl=60, make=lambda: calls.append(1)) is None
    assert calls == [1]


def test_however_many_ask_at_once_one_makes_it():
    make = Maker(takes=0.2)

    results = race(16, lambda: cached("k", ttl=60, make=make))

    assert results == [1] * 16
    assert make.calls == 1


def test_a_stale_value_is_served_while_one_renews_it():
    """The one who renews is done when the seven others have had their answer."""
    answered, all_answered = [], threading.Event()

    def renew() -> int:
        assert all_answered.wait(10)
        return 2

    def ask() -> int:
        answered.append(cached("k", ttl=60, make=renew, stale_for=60))
        if len(answered) == 7:
            all_answered.set()
        return answered[-1]

    cached("k", ttl=0.1, make=lambda: 1, stale_for=60)
    time.sleep(0.15)
    race(8, ask)

    assert answered == [1] * 7 + [2]
    assert cached("k", ttl=60, make=lambda: 3) == 2


def test_a_failed_renewal_serves_the_stale_value_and_leaves_it_stale():
    def fails() -> int:
        raise RuntimeError("the source is away")

    cached("k", ttl=0.1, make=lambda: 1, stale_for=60)
    time.sleep(0.15)

    assert cached("k", ttl=60, make=fails, stale_for=60) == 1
    assert cached("k", ttl=60, make=lambda: 2, stale_for=60) == 2


def test_a_failed_first_making_raises_and_the_next_caller_may_try_at_once():
    def fails() -> int:
        raise RuntimeError("the source is away")

    with pytest.raises(RuntimeError):
        cached("k", ttl=60, make=fails)

    started = time.perf_counter()
    assert cached("k", ttl=60, make=lambda: 2) == 2
    assert time.perf_counter() - started < 10, "the right to make it was given back, not left to its lease"


def test_drop_forgets_at_once():
    make = Maker()
    cached("k", ttl=60, make=make)

    drop("k")

    assert cached("k", ttl=60, make=make) == 2


def test_a_value_made_from_data_older_than_a_drop_is_not_kept():
    started, go_on = threading.Event(), threading.Event()

    def make_slowly() -> str:
        started.set()
        go_on.wait(5)
        return "old"

    thread = threading.Thread(target=lambda: cached("k", ttl=60, make=make_slowly))
    thread.start()
    assert started.wait(5)
    drop("k")
    go_on.set()
    thread.join()

    assert cached("k", ttl=60, make=lambda: "new") == "new"


def test_the_two_aliases_are_apart():
    assert cached("k", ttl=60, make=lambda: "shared") == "shared"
    assert cached("k", ttl=60, make=lambda: "team", alias="team") == "team"
    assert cached("k", ttl=60, make=lambda: "other") == "shared"


def test_without_redis_the_maker_answers_each_time(valkey):
    make = Maker()
    cached("k", ttl=60, make=make)
    valkey.stop()

    assert [cached("k", ttl=60, make=make) for _ in range(3)] == [2, 3, 4]
    drop("k")


def come_back(valkey: Valkey) -> None:
    valkey.preferred_port = valkey.port
    valkey.start()
    time.sleep(0.15)


def test_a_drop_that_found_no_redis_is_made_up_for(valkey, monkeypatch):
    monkeypatch.setattr("apps.core.gateways.RESET_AFTER_SECONDS", 0.1)
    make = Maker()
    cached("k", ttl=60, make=make)
    os.kill(valkey.child.process.pid, signal.SIGSTOP)
    drop("k")
    os.kill(valkey.child.process.pid, signal.SIGCONT)
    time.sleep(0.15)

    assert cached("k", ttl=60, make=make) == 2


def test_redis_coming_back_is_used_again(valkey, monkeypatch):
    monkeypatch.setattr("apps.core.gateways.RESET_AFTER_SECONDS", 0.1)
    make = Maker()
    valkey.stop()
    cached("k", ttl=60, make=make)
    come_back(valkey)

    assert [cached("k", ttl=60, make=make) for _ in range(3)] == [2, 2, 2]
