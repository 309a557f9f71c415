"""The same facts for people and scripts: `/api/metrics`."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from prometheus_client.samples import Sample
from redis.exceptions import RedisError

from apps.core.resilience import breaker_states
from apps.system.health import get_health, list_workers
from apps.system.health.probes import count_waiting

from .prometheus import build_registry


def get_metrics() -> dict[str, Any]:
    """Counts since the processes started: requests, errors, response times, cache; and what waits right now.

    Shares are from 0 to 1, times in milliseconds; null where nothing was counted yet.
    """
    samples = list(_read_samples())
    return {
        "health": {"score": get_health().score, "status": get_health().status},
        "requests": _sum_requests(samples),
        "cache": _sum_cache(samples),
        "queues": _read_queues(),
        "breakers": {name: state.as_dict() for name, state in breaker_states().items()},
    }


def _read_samples() -> Iterator[Sample]:
    for family in build_registry().collect():
        yield from family.samples


def _sum_requests(samples: list[Sample]) -> dict[str, Any]:
    by_status: dict[str, int] = defaultdict(int)
    buckets: dict[float, float] = defaultdict(float)
    for sample in samples:
        if sample.name == "af_http_requests_total":
            by_status[sample.labels["status"]] += int(sample.value)
        elif sample.name == "af_http_request_seconds_bucket":
            buckets[float(sample.labels["le"])] += sample.value
    total, errors = sum(by_status.values()), by_status.get("5xx", 0)
    return {
        "total": total,
        "by_status": dict(sorted(by_status.items())),
        "error_share": round(errors / total, 4) if total else None,
        "p50_ms": find_quantile(buckets, 0.5),
        "p95_ms": find_quantile(buckets, 0.95),
    }


def find_quantile(buckets: dict[float, float], share: float) -> float | None:
    """The quantile in milliseconds, linear within its bucket as Prometheus does it; None without observations.

    In the open last bucket it is that bucket's lower edge.
    """
    edges = sorted(buckets)
    if not edges or not buckets[edges[-1]]:
        return None
    wanted = share * buckets[edges[-1]]
    lower, below = 0.0, 0.0
    for edge in edges:
        if buckets[edge] >= wanted and edge != float("inf"):
            inside = buckets[edge] - below
            part = (wanted - below) / inside if inside else 1.0
            return round((lower + (edge - lower) * part) * 1000, 1)
        if edge != float("inf"):
            lower, below = edge, buckets[edge]
    return round(lower * 1000, 1)


def _sum_cache(samples: list[Sample]) -> dict[str, Any]:
    reads = {s.labels["result"]: int(s.value) for s in samples if s.name == "af_cache_reads_total"}
    total = sum(reads.values())
    served = reads.get("hit", 0) + reads.get("stale", 0)
    return {
        "reads": total,
        "by_result": dict(sorted(reads.items())),
        "hit_share": round(served / total, 4) if total else None,
    }


def _read_queues() -> dict[str, Any]:
    try:
        workers = [{"name": worker.name, "queues": list(worker.queues)} for worker in list_workers()]
        return {"waiting": count_waiting(), "workers": workers}
    except RedisError:
        return {"waiting": None, "workers": None}
