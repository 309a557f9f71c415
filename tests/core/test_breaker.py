"""Breakers against a real Valkey, and against one that has gone."""

import threading
import time

import pytest

from apps.core.errors import DomainError, Kind, NotFound
from apps.core.gateways import shared_redis
from apps.core.resilience import BreakerOpen, breaker, breaker_states, open_breaker, reset_breaker
from apps.core.resilience.states import LocalMemory, SharedMemory
from config.embedded.valkey import Valkey


class Broken(Exception):
    """What the dependency raises."""


def fail(name: str, *, failures: int = 3, reset_after: float = 60) -> None:
    with pytest.raises(Broken), breaker(name, failures=failures, reset_after=reset_after):
        raise Broken


def succeed(name: str, *, failures: int = 3, reset_after: float = 60) -> None:
    with breaker(name, failures=failures, reset_after=reset_after):
        pass


def is_refused(name: str, *, failures: int = 3, reset_after: float = 60) -> bool:
    ran = False
    try:
        with breaker(name, failures=failures, reset_after=reset_after):
            ran = True
    except BreakerOpen:
        return not ran
    return False


@pytest.fixture
def memory(valkey: Valkey) -> SharedMemory:
    return SharedMemory(shared_redis())


def test_it_opens_after_the_stated_number_of_failures_in_a_row(memory):
    for _ in range(3):
        fail("source.a")

    assert breaker_states()["source.a"].state == "open"
    with pytest.raises(BreakerOpen) as refusal, breaker("source.a", failures=3, reset_after=60):
        pytest.fail("the block must not run")
    assert refusal.value.kind == Kind.UNAVAILABLE
    assert refusal.value.details == {"dependency": "source.a"}
    assert 55 <= (refusal.value.retry_after or 0) <= 60


def test_a_success_between_failures_starts_the_count_anew(memory):
    fail("source.a")
    fail("source.a")
    succeed("source.a")
    fail("source.a")
    fail("source.a")

    assert not is_refused("source.a")


def test_an_answer_is_no_failure_but_unavailable_is(memory):
    for _ in range(5):
        with pytest.raises(NotFound), breaker("source.a", failures=2, reset_after=60):
            raise NotFound
    assert not is_refused("source.a", failures=2)

    class Away(DomainError):
        kind = Kind.UNAVAILABLE

    for _ in range(2):
        with pytest.raises(Away), breaker("source.a", failures=2, reset_after=60):
            raise Away
    assert is_refused("source.a", failures=2)


def test_after_the_pause_exactly_one_of_many_callers_probes(memory):
    fail("source.a", failures=1, reset_after=0.2)
    time.sleep(0.25)
    inside, release, refused = threading.Event(), threading.Event(), []

    def probe() -> None:
        with breaker("source.a", failures=1, reset_after=0.2):
            inside.set()
            release.wait(5)

    thread = threading.Thread(target=probe)
    thread.start()
    assert inside.wait(5)
    refused = [is_refused("source.a", failures=1, reset_after=0.2) for _ in range(5)]
    release.set()
    thread.join()

    assert refused == [True] * 5
    assert not is_refused("source.a", failures=1)
    assert breaker_states()["source.a"].state == "closed"


def test_a_failed_probe_opens_it_again(memory):
    fail("source.a", failures=2, reset_after=0.2)
    fail("source.a", failures=2, reset_after=0.2)
    time.sleep(0.25)
    assert breaker_states()["source.a"].state == "half_open"

    fail("source.a", failures=2, reset_after=30)

    assert is_refused("source.a", failures=2)


def test_every_process_sees_it_through_redis(memory):
    for _ in range(3):
        fail("source.a")

    elsewhere = SharedMemory(shared_redis())

    assert elsewhere.admit("source.a", 60) > 55
    assert LocalMemory().admit("source.a", 60) == 0


def test_a_permanent_condition_opens_it_at_once_and_an_operator_can_close_it(memory):
    open_breaker("source.a", reset_after=3600, reason="target not supported")
    state = breaker_states()["source.a"]
    assert (state.state, state.reason, state.shared) == ("open", "target not supported", True)
    assert is_refused("source.a")

    reset_breaker("source.a")

    assert not is_refused("source.a")


def test_without_redis_the_process_goes_on_counting_for_itself(valkey):
    fail("source.lonely")
    valkey.stop()

    fail("source.lonely")
    fail("source.lonely")

    assert is_refused("source.lonely")
    assert breaker_states()["source.lonely"].shared is False
    reset_breaker("source.lonely")
    assert not is_refused("source.lonely")


def test_a_missing_redis_costs_its_retries_once_and_then_nothing(valkey):
    valkey.stop()
    is_refused("source.a")

    started = time.perf_counter()
    for _ in range(20):
        succeed("source.a")

    assert time.perf_counter() - started < 0.5
