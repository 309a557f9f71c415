"""Request limits per client, counted in Redis by all processes together; a local count takes over while Redis is away.

A window is fixed (a minute, an hour). A process counts on its own for up to `sync_seconds` and then adds its count to
the shared one, so a busy client does not pay a round trip per request; small limits set it to 0 and are exact.
"""

import hashlib
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django_redis import get_redis_connection
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # the framework imports its throttles while it defines its views
    from rest_framework.views import APIView

_WINDOWS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_KEPT = 10_000


@dataclass
class _Count:
    """One client's requests in one window, as this process knows them."""

    window: int
    shared: int = 0
    unsent: int = 0
    synced_at: float = 0.0


@dataclass(frozen=True)
class RateLimit:
    """What the headers say: the limit, what is left of it, and the seconds until it is whole again."""

    limit: int
    remaining: int
    reset: int


class WindowThrottle(BaseThrottle):
    """Base: subclasses name a `scope`, whose rate (`600/m`) stands in `API_THROTTLE_RATES`, and the client."""

    scope = ""
    sync_seconds = 0.25
    state: RateLimit | None = None
    _counts: ClassVar[dict[str, _Count]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def get_client(self, request: Request) -> str | None:
        """Whose requests are counted together; None for no limit."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: "APIView") -> bool:
        rate = settings.API_THROTTLE_RATES.get(self.scope)
        client = self.get_client(request) if rate else None
        if not rate or client is None:
            return True
        limit, seconds = parse_rate(rate)
        now = time.time()
        used = self._count(f"throttle:{self.scope}:{client}", window=int(now // seconds), seconds=seconds, now=now)
        reset = seconds - int(now % seconds)
        self.state = RateLimit(limit=limit, remaining=max(0, limit - used), reset=reset)
        _remember(request, self.state)
        return used <= limit

    def wait(self) -> float | None:
        # The handler rounds up by adding 1.
        return self.state.reset - 1 if self.state else None

    def _count(self, key: str, *, window: int, seconds: int, now: float) -> int:
        with self._lock:
            count = self._counts.get(key)
            if count is None or count.window != window:
                count = self._counts[key] = _Count(window=window)
                _drop_oldest(self._counts)
            count.unsent += 1
            if now - count.synced_at < self.sync_seconds:
                return count.shared + count.unsent
            unsent, count.unsent, count.synced_at = count.unsent, 0, now
        shared = _add(f"{key}:{window}", unsent, seconds)
        with self._lock:
            count.shared = count.shared + unsent if shared is None else max(shared, count.shared)
            return count.shared + count.unsent


class VisitorThrottle(WindowThrottle):
    """All requests of visitors from one network address."""

    scope = "visitor"

    def get_client(self, request: Request) -> str | None:
        return None if request.user.is_authenticated else _hash(self.get_ident(request))


class UserThrottle(WindowThrottle):
    """All requests of one signed-in user."""

    scope = "user"

    def get_client(self, request: Request) -> str | None:
        return str(request.user.pk) if request.user.is_authenticated else None


class CredentialThrottle(WindowThrottle):
    """Exact, by network address: for routes that check a secret and have no limit of their own."""

    scope = "credential"
    sync_seconds = 0.0

    def get_client(self, request: Request) -> str | None:
        return _hash(self.get_ident(request))


def parse_rate(rate: str) -> tuple[int, int]:
    """`600/m` → 600 requests in 60 seconds."""
    amount, _, window = rate.partition("/")
    return int(amount), _WINDOWS[window[:1]]


def add_headers(request: Request, response: Response) -> None:
    """Tell the client the tightest limit that counted this request."""
    state: RateLimit | None = getattr(request, "_rate_limit", None)
    if state is not None:
        response["RateLimit-Limit"] = str(state.limit)
        response["RateLimit-Remaining"] = str(state.remaining)
        response["RateLimit-Reset"] = str(state.reset)


def _remember(request: Request, state: RateLimit) -> None:
    known: RateLimit | None = getattr(request, "_rate_limit", None)
    if known is None or state.remaining < known.remaining:
        request._rate_limit = state  # type: ignore[attr-defined]


def _add(key: str, amount: int, seconds: int) -> int | None:
    """The shared count after adding to it, or None while Redis is away."""
    try:
        pipeline = get_redis_connection("default").pipeline(transaction=False)
        pipeline.incrby(key, amount)
        pipeline.expire(key, seconds + 5)
        return int(pipeline.execute()[0])
    except RedisError:
        return None


def _drop_oldest(counts: dict[str, _Count]) -> None:
    while len(counts) > _KEPT:
        del counts[next(iter(counts))]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
