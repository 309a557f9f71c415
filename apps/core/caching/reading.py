"""Reading through the cache and dropping what a write made wrong."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from redis.exceptions import RedisError

from apps.core.monitoring import count_cache_read

from .entries import Entry, Found

T = TypeVar("T")
logger = structlog.get_logger(__name__)
# A maker that takes longer, or died, is overtaken by the next caller.
MAKER_LEASE_SECONDS = 20.0
_POLL_SECONDS = 0.02
# Drops that found no Redis. Its absence is short and a process' share of writes small, so the table stays small.
_owed: dict[str, Entry] = {}


def cached(key: str, *, ttl: float, make: Callable[[], T], alias: str = "default", stale_for: float | None = None) -> T:
    """The value of `key`, made by `make` when there is none.

    However many callers in however many processes ask, one makes it; the others wait for it, or get the stale value
    (up to `stale_for` seconds old, default another `ttl`) while it is renewed. If renewing fails, the stale value is
    served. None is a value. Without Redis `make` is called each time. Use alias "team" for a team's data: its keys
    carry the schema. The value is pickled: store plain data, not model instances.
    """
    try:
        _pay_owed()
        entry = Entry(key, alias)
        found, token = _find_or_claim(entry)
    except RedisError as error:
        logger.warning("cache_unreachable", key=key, error=type(error).__name__)
        count_cache_read("bypass")
        return make()
    if not token and found.state != "missing":
        count_cache_read("hit" if found.state == "fresh" else "stale")
        return found.value
    count_cache_read("miss")
    value: T = _make(entry, make=make, found=found, token=token)
    with suppress(RedisError):
        entry.store(value, token=token, ttl=ttl, stale_for=ttl if stale_for is None else stale_for)
    return value


def drop(key: str, alias: str = "default") -> None:
    """Forget `key` at once. A value being made right now from older data will not be stored either.

    Call it from `transaction.on_commit`: before the commit a reader would store the old state again.
    """
    entry = Entry(key, alias)
    try:
        entry.drop()
    except RedisError as error:
        logger.warning("cache_unreachable", key=key, error=type(error).__name__)
        _owed[entry.value_key] = entry


def _pay_owed() -> None:
    """Drop what could not be dropped while Redis was away, before anything is read from it again."""
    for name, entry in list(_owed.items()):
        entry.drop()
        _owed.pop(name, None)


def _find_or_claim(entry: Entry) -> tuple[Found, str]:
    """What there is, and the right to make it anew, or "" when there is no need or somebody else has it.

    With nothing to serve it waits for the maker; after the lease it returns missing without the right.
    """
    give_up = time.monotonic() + MAKER_LEASE_SECONDS
    while True:
        found = entry.read()
        if found.state == "fresh":
            return found, ""
        token = entry.claim(lease=MAKER_LEASE_SECONDS)
        if token:
            return _look_again(entry, token)
        if found.state == "stale" or time.monotonic() > give_up:
            return found, ""
        time.sleep(_POLL_SECONDS)


def _look_again(entry: Entry, token: str) -> tuple[Found, str]:
    """Another maker may have finished between the look and the claim: then its value is the answer."""
    found = entry.read()
    if found.state != "fresh":
        return found, token
    entry.release(token)
    return found, ""


def _make(entry: Entry, *, make: Callable[[], T], found: Found, token: str) -> Any:
    try:
        return make()
    except Exception:
        with suppress(RedisError):
            entry.release(token)
        if found.state != "stale":
            raise
        # The caller's `store` is refused, for the right is given back: the stale value does not become fresh.
        logger.warning("cache_renewal_failed", exc_info=True)
        return found.value
