"""One cache key as seen from Redis: the value with its freshness, and the right to make it."""

import secrets
import time
from dataclasses import dataclass
from typing import Any, Literal

from django.core.cache import caches
from redis import Redis

# Stores only while the maker still holds the right: `drop` takes it away, so a value made before a write is not kept.
_STORE = """
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1
"""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under a key; `state` says whether `value` may be served."""

    state: Literal["fresh", "stale", "missing"]
    value: Any = None


class Entry:
    """A key of one cache alias. Every method may raise `redis.exceptions.RedisError`."""

    def __init__(self, key: str, alias: str) -> None:
        # django-redis' own methods swallow a missing server; the raw client says so, and the caller decides.
        self._codec: Any = caches[alias].client  # type: ignore[attr-defined]
        self._client: Redis = self._codec.get_client(write=True)
        self.value_key = str(self._codec.make_key(key))
        self._right_key = f"{self.value_key}:making"

    def read(self) -> Found:
        raw = self._client.get(self.value_key)
        if raw is None:
            return Found("missing")
        fresh_until, value = self._codec.decode(raw)
        return Found("fresh" if fresh_until > time.time() else "stale", value)

    def claim(self, *, lease: float) -> str:
        """The token of the one who may make the value, or "" when somebody else is at it."""
        token = secrets.token_hex(8)
        won = self._client.set(self._right_key, token, nx=True, px=int(lease * 1000))
        return token if won else ""

    def store(self, value: Any, *, token: str, ttl: float, stale_for: float) -> bool:
        """Keep the value, fresh for `ttl` seconds and servable for `stale_for` more. False: the key was dropped."""
        blob = self._codec.encode((time.time() + ttl, value), allow_int=False)
        lifetime = int((ttl + stale_for) * 1000)
        return bool(self._client.eval(_STORE, 2, self.value_key, self._right_key, token, blob, lifetime))

    def release(self, token: str) -> None:
        self._client.eval(_RELEASE, 1, self._right_key, token)

    def drop(self) -> None:
        self._client.delete(self.value_key, self._right_key)
