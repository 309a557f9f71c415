"""What a breaker remembers: in Redis for all processes, and in this process while Redis is away. The same rules."""

import threading
import time
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from redis import Redis


@dataclass(frozen=True, slots=True)
class BreakerState:
    """How one breaker stands. `retry_in` is in seconds, 0 unless open."""

    name: str
    state: str  # closed | open | half_open
    failures: int
    retry_in: float
    reason: str = ""
    shared: bool = True

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class BreakerMemory(Protocol):
    """Where breakers keep their state."""

    def admit(self, name: str, probe_lease: float) -> float:
        """0 when the call may go ahead, else the seconds until the next probe."""

    def succeed(self, name: str) -> None: ...

    def fail(self, name: str, *, failures: int, reset_after: float, reason: str) -> None: ...

    def open(self, name: str, *, reset_after: float, reason: str) -> None: ...

    def reset(self, name: str) -> None: ...

    def list_states(self) -> list[BreakerState]: ...


@dataclass(slots=True)
class _Local:
    failures: int = 0
    open_until: float = 0.0
    probe_until: float = 0.0
    reason: str = ""

    def describe(self, name: str, now: float) -> BreakerState:
        wait = max(0.0, self.open_until - now)
        state = "closed" if not self.open_until else "open" if wait else "half_open"
        return BreakerState(name, state, self.failures, round(wait, 1), self.reason, shared=False)


class LocalMemory:
    """This process alone, safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, _Local] = {}

    def admit(self, name: str, probe_lease: float) -> float:
        with self._lock:
            row = self._rows.get(name)
            if row is None or not row.open_until:
                return 0.0
            now = time.monotonic()
            wait = max(row.open_until, row.probe_until) - now
            if wait > 0:
                return wait
            row.probe_until = now + probe_lease
            return 0.0

    def succeed(self, name: str) -> None:
        with self._lock:
            self._rows.pop(name, None)

    def fail(self, name: str, *, failures: int, reset_after: float, reason: str) -> None:
        with self._lock:
            row = self._rows.setdefault(name, _Local())
            row.failures += 1
            row.reason = reason
            if row.failures >= failures or row.open_until:
                row.open_until = time.monotonic() + reset_after
                row.probe_until = 0.0

    def open(self, name: str, *, reset_after: float, reason: str) -> None:
        with self._lock:
            row = self._rows.setdefault(name, _Local())
            row.open_until, row.probe_until, row.reason = time.monotonic() + reset_after, 0.0, reason

    def reset(self, name: str) -> None:
        self.succeed(name)

    def list_states(self) -> list[BreakerState]:
        with self._lock:
            now = time.monotonic()
            return [row.describe(name, now) for name, row in sorted(self._rows.items())]


# Redis' own clock in milliseconds, so that processes need not agree on the time.
_NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) "

_ADMIT = (
    _NOW
    + """
local row = redis.call('HMGET', KEYS[1], 'open_until', 'probe_until')
if not row[1] then return 0 end
local wait = math.max(tonumber(row[1]), tonumber(row[2] or 0)) - now
if wait > 0 then return wait end
redis.call('HSET', KEYS[1], 'probe_until', now + ARGV[1])
return 0
"""
)
_FAIL = (
    _NOW
    + """
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
redis.call('HSET', KEYS[1], 'reason', ARGV[3])
redis.call('SADD', KEYS[2], ARGV[4])
if failures >= tonumber(ARGV[1]) or redis.call('HEXISTS', KEYS[1], 'open_until') == 1 then
  redis.call('HSET', KEYS[1], 'open_until', now + ARGV[2])
  redis.call('HDEL', KEYS[1], 'probe_until')
end
redis.call('PEXPIRE', KEYS[1], math.max(ARGV[2] * 10, 600000))
return failures
"""
)
_OPEN = (
    _NOW
    + """
redis.call('HSET', KEYS[1], 'open_until', now + ARGV[1], 'reason', ARGV[2])
redis.call('HDEL', KEYS[1], 'probe_until')
redis.call('SADD', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[1], math.max(ARGV[1] * 10, 600000))
return 1
"""
)
_PREFIX = "af:breaker:"
_INDEX = "af:breakers"


class SharedMemory:
    """All processes together, in Redis. Every change is one script, so racing processes see one order."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def admit(self, name: str, probe_lease: float) -> float:
        wait: Any = self._client.eval(_ADMIT, 1, _PREFIX + name, int(probe_lease * 1000))
        return float(wait) / 1000

    def succeed(self, name: str) -> None:
        self._client.delete(_PREFIX + name)

    def fail(self, name: str, *, failures: int, reset_after: float, reason: str) -> None:
        arguments = (failures, int(reset_after * 1000), reason, name)
        self._client.eval(_FAIL, 2, _PREFIX + name, _INDEX, *arguments)

    def open(self, name: str, *, reset_after: float, reason: str) -> None:
        self._client.eval(_OPEN, 2, _PREFIX + name, _INDEX, int(reset_after * 1000), reason, name)

    def reset(self, name: str) -> None:
        self._client.delete(_PREFIX + name)

    def list_states(self) -> list[BreakerState]:
        members: Any = self._client.smembers(_INDEX)
        names = sorted(member.decode() for member in members)
        pipe = self._client.pipeline(transaction=False)
        for name in names:
            pipe.hgetall(_PREFIX + name)
        seconds, micros = self._client.time()
        now = seconds * 1000 + micros // 1000
        return [_read(name, row, now) for name, row in zip(names, pipe.execute(), strict=True)]


def _read(name: str, row: dict[bytes, bytes], now: int) -> BreakerState:
    open_until = int(float(row.get(b"open_until", b"0")))
    wait = max(0, open_until - now) / 1000
    state = "closed" if not open_until else "open" if wait else "half_open"
    return BreakerState(name, state, int(row.get(b"failures", b"0")), round(wait, 1), row.get(b"reason", b"").decode())
