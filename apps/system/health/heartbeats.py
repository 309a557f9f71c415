"""Workers and beat say that they live by a mark in Redis: asking them would take longer than the whole health page."""

import time
from dataclasses import dataclass
from typing import Any

from redis import Redis

from apps.core.gateways import shared_redis

_WORKERS = "af:workers"
_BEAT = "af:beat"
ALIVE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process that was alive a moment ago."""

    name: str
    queues: tuple[str, ...]
    seen_seconds_ago: float


def report_worker(*, name: str, queues: tuple[str, ...]) -> None:
    """Say that worker `name` is alive and takes from `queues`. Forgets those long gone."""
    now = time.time()
    pipe = shared_redis().pipeline(transaction=False)
    pipe.zadd(_WORKERS, {f"{name}|{','.join(queues)}": now})
    pipe.zremrangebyscore(_WORKERS, 0, now - 60 * ALIVE_SECONDS)
    pipe.execute()


def forget_worker(*, name: str, queues: tuple[str, ...]) -> None:
    """The worker has stopped in an orderly way."""
    shared_redis().zrem(_WORKERS, f"{name}|{','.join(queues)}")


def list_workers(client: Redis | None = None) -> list[Worker]:
    """The workers seen within 20 seconds."""
    now = time.time()
    rows: Any = (client or shared_redis()).zrangebyscore(_WORKERS, now - ALIVE_SECONDS, "+inf", withscores=True)
    return [_read(member.decode(), now - score) for member, score in rows]


def _read(member: str, age: float) -> Worker:
    name, _, queues = member.partition("|")
    return Worker(name, tuple(queues.split(",")), round(age, 1))


def report_beat(*, seconds: float) -> None:
    """Say that beat is alive and will say so again within `seconds`."""
    shared_redis().set(_BEAT, "1", px=int(seconds * 1000))


def has_beat(client: Redis) -> bool:
    """Has some beat reported in time?"""
    return bool(client.exists(_BEAT))
