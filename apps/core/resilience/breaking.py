"""The breaker around a call to something that may be down."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import TypeVar

from redis.exceptions import RedisError

from apps.core.errors import DomainError, Kind
from apps.core.gateways import shared_redis

from .states import BreakerMemory, BreakerState, LocalMemory, SharedMemory

T = TypeVar("T")
# A probe that never reports back (its process died) blocks the next one for this long at most.
PROBE_LEASE_SECONDS = 60.0
_local = LocalMemory()


class BreakerOpen(DomainError):
    """The dependency failed too often; it is not asked again before `retry_after` seconds."""

    code = "dependency.unavailable"
    kind = Kind.UNAVAILABLE
    message = "This part of the service is temporarily unavailable."


@contextmanager
def breaker(name: str, *, failures: int, reset_after: float) -> Iterator[None]:
    """Run the block unless `name` failed `failures` times in a row less than `reset_after` seconds ago.

    Raises `BreakerOpen` without running the block while open. After `reset_after` one caller in all processes probes:
    its success closes the breaker, its failure opens it again. A `DomainError` that is an answer (not found, invalid)
    counts as a success; kind `unavailable` and every other exception count as failures and are passed on. Without
    Redis each process counts for itself.
    """
    wait = _ask(lambda memory: memory.admit(name, PROBE_LEASE_SECONDS))
    if wait > 0:
        raise BreakerOpen(details={"dependency": name}, retry_after=ceil(wait))
    try:
        yield
    except Exception as error:
        if is_failure(error):
            reason = type(error).__name__
            _tell(lambda memory: memory.fail(name, failures=failures, reset_after=reset_after, reason=reason))
        else:
            _tell(lambda memory: memory.succeed(name))
        raise
    _tell(lambda memory: memory.succeed(name))


def is_failure(error: Exception) -> bool:
    """Does the error say that the dependency is broken, rather than answer the question?"""
    return not isinstance(error, DomainError) or error.kind == Kind.UNAVAILABLE


def open_breaker(name: str, *, reset_after: float, reason: str) -> None:
    """Open at once, for a condition that retrying cannot mend ("target not supported")."""
    _tell(lambda memory: memory.open(name, reset_after=reset_after, reason=reason))


def reset_breaker(name: str) -> None:
    """Forget all failures of `name` (operator's action)."""
    _tell(lambda memory: memory.reset(name))


def breaker_states() -> dict[str, BreakerState]:
    """Every breaker that has ever failed, by name: the shared view, or this process's own while Redis is away."""
    return {state.name: state for state in _ask(lambda memory: memory.list_states())}


def _ask(question: Callable[[BreakerMemory], T]) -> T:
    try:
        return question(SharedMemory(shared_redis()))
    except RedisError:
        return question(_local)


def _tell(change: Callable[[BreakerMemory], None]) -> None:
    """Report to Redis, and always to this process: if Redis goes away next, the process knows what it saw."""
    change(_local)
    try:
        change(SharedMemory(shared_redis()))
    except RedisError:
        return
