"""How each component is looked at. A probe never raises and never waits long."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import psycopg
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from apps.core.connections import connect_apart
from apps.core.gateways import shared_redis
from apps.core.resilience import BreakerState, breaker_states

from .heartbeats import has_beat, list_workers

QUEUES = ("priority", "default", "analysis", "batch", "background")
# Beyond this many waiting messages people notice; the health falls from 1 to 0 between the two.
CROWDED, HOPELESS = 200, 5_000
CONNECT_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What a probe saw."""

    health: float
    detail: dict[str, Any] = field(default_factory=dict)
    is_off: bool = False

    @property
    def status(self) -> str:
        if self.is_off:
            return "off"
        return "ok" if self.health == 1 else "down" if self.health == 0 else "degraded"


def probe_database() -> Reading:
    """A connection of its own: whether all lent ones are busy is another question, and must not take us down."""
    try:
        with connect_apart(connect_seconds=CONNECT_SECONDS) as connection:
            connection.execute("SELECT 1")
            return Reading(1, {"server": connection.info.server_version})
    except psycopg.Error as error:
        return Reading(0, {"error": type(error).__name__})


def probe_cache() -> Reading:
    try:
        shared_redis().ping()
    except RedisError as error:
        return Reading(0, {"error": type(error).__name__})
    return Reading(1)


def probe_queue() -> Reading:
    """How much waits. Jobs are rows, so what waits here is late, not lost."""
    try:
        lengths = count_waiting()
    except RedisError as error:
        return Reading(0, {"error": type(error).__name__})
    longest = max(lengths.values())
    health = 1 - (longest - CROWDED) / (HOPELESS - CROWDED)
    return Reading(round(min(1.0, max(0.0, health)), 2), {"waiting": lengths})


def count_waiting() -> dict[str, int]:
    """Messages per queue. Raises `RedisError`."""
    pipe = broker_redis().pipeline(transaction=False)
    for queue in QUEUES:
        pipe.llen(queue)
    return dict(zip(QUEUES, pipe.execute(), strict=True))


def broker_redis() -> Redis:
    """Where Celery's queues lie: our own Redis unless a broker of its own is given."""
    if settings.CELERY_BROKER_URL == settings.REDIS_URL:
        return shared_redis()
    return _connect_broker(settings.CELERY_BROKER_URL)


@lru_cache(maxsize=1)
def _connect_broker(url: str) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)


def probe_workers() -> Reading:
    """Is every queue served, and is there a beat?"""
    try:
        client = shared_redis()
        workers, beat = list_workers(client), has_beat(client)
    except RedisError as error:
        return Reading(0, {"error": type(error).__name__})
    served = {queue for worker in workers for queue in worker.queues}
    missing = [queue for queue in QUEUES if queue not in served]
    parts = len(QUEUES) + 1
    detail = {"workers": [worker.name for worker in workers], "queues_without_worker": missing, "beat": beat}
    return Reading(round((parts - len(missing) - (not beat)) / parts, 2), detail)


def probe_sources() -> Reading:
    """The share of the configured sources that are being asked."""
    return _probe_breakers([f"source.{name}" for name in settings.PROFILE_SOURCES])


def probe_ai() -> Reading:
    if not settings.ENABLE_AI_ANALYSIS:
        return Reading(1, is_off=True)
    return _probe_breakers([f"ai.{name}" for name in settings.AI_ENGINES])


def probe_payments() -> Reading:
    if not getattr(settings, "STRIPE_SECRET_KEY", ""):
        return Reading(1, is_off=True)
    return _probe_breakers(["payments.stripe"])


def _probe_breakers(names: list[str]) -> Reading:
    """The share of these dependencies of which no breaker is open: `source.decodo` has one a capability and host."""
    states = breaker_states().values()
    found = {name: [state for state in states if f"{state.name}.".startswith(f"{name}.")] for name in names}
    resting = [name for name in names if any(state.state == "open" for state in found[name])]
    detail = {name: "; ".join(map(_describe, found[name])) or "closed" for name in names}
    return Reading(round(1 - len(resting) / len(names), 2) if names else 1, detail)


def _describe(state: BreakerState) -> str:
    if state.state != "open":
        return f"{state.name}: {state.state}"
    return f"{state.name}: open ({state.reason}, {state.retry_in:.0f} s)"
