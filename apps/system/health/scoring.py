"""Seven components, each with its weight, and what they add up to."""

import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from .probes import (
    Reading,
    probe_ai,
    probe_cache,
    probe_database,
    probe_payments,
    probe_queue,
    probe_sources,
    probe_workers,
)

# What a component is worth of the 100: what stops everybody weighs most.
COMPONENTS: dict[str, tuple[int, Callable[[], Reading]]] = {
    "database": (30, probe_database),
    "cache": (15, probe_cache),
    "queue": (10, probe_queue),
    "workers": (15, probe_workers),
    "sources": (15, probe_sources),
    "ai": (10, probe_ai),
    "payments": (5, probe_payments),
}
# However often it is asked, the parts are looked at once in this time and process.
KEEP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Component:
    """One part: `health` from 0 to 1, and what was seen."""

    name: str
    weight: int
    health: float
    status: str  # ok | degraded | down | off
    milliseconds: float
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Health:
    """The whole. `down` only without a database: everything else has a way around it."""

    score: int
    status: str  # ok | degraded | down
    measured_at: float
    components: list[Component] = field(default_factory=list)

    @property
    def is_up(self) -> bool:
        return self.status != "down"

    def as_dict(self) -> dict[str, Any]:
        return {"status": self.status, "score": self.score, "components": [asdict(part) for part in self.components]}


_lock = threading.Lock()
_latest: Health | None = None


def get_health() -> Health:
    """The health, at most a second old. Costs a connection to the database and two round trips to Redis."""
    global _latest  # noqa: PLW0603 - the process's own short memory
    with _lock:
        if _latest is None or time.monotonic() - _latest.measured_at > KEEP_SECONDS:
            _latest = measure_health()
        return _latest


def measure_health() -> Health:
    """Look at every component now."""
    parts = [_measure(name, weight, probe) for name, (weight, probe) in COMPONENTS.items()]
    score = round(sum(part.weight * part.health for part in parts))
    status = "down" if parts[0].status == "down" else "ok" if score == 100 else "degraded"
    return Health(score=score, status=status, measured_at=time.monotonic(), components=parts)


def _measure(name: str, weight: int, probe: Callable[[], Reading]) -> Component:
    started = time.perf_counter()
    reading = probe()
    took = (time.perf_counter() - started) * 1000
    return Component(name, weight, reading.health, reading.status, round(took, 1), reading.detail)
