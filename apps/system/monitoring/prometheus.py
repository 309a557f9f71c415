"""Prometheus text: what the processes counted, and gauges read at the moment of the scrape."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector
from redis.exceptions import RedisError

from apps.core.resilience import breaker_states
from apps.system.health import get_health, list_workers
from apps.system.health.probes import count_waiting

CONTENT_TYPE = CONTENT_TYPE_LATEST


def build_registry() -> CollectorRegistry:
    """All processes of this machine when PROMETHEUS_MULTIPROC_DIR names their folder, else this one."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def render_prometheus() -> bytes:
    """The text that a scraper reads."""
    gauges = CollectorRegistry()
    gauges.register(_Gauges())
    return generate_latest(build_registry()) + generate_latest(gauges)


class _Gauges(Collector):
    def collect(self) -> Iterable[Metric]:
        health = get_health()
        yield _gauge("af_health_score", "Health from 0 to 100.", {(): health.score})
        parts = {(part.name,): part.health for part in health.components}
        yield _gauge("af_component_health", "Health of a component from 0 to 1.", parts, ["component"])
        states = {(name,): float(state.state == "open") for name, state in breaker_states().items()}
        yield _gauge("af_breaker_open", "1 while a breaker is open.", states, ["name"])
        try:
            waiting = {(queue,): length for queue, length in count_waiting().items()}
            workers = len(list_workers())
        except RedisError:
            return
        yield _gauge("af_queue_waiting", "Messages waiting in a queue.", waiting, ["queue"])
        yield _gauge("af_workers", "Workers seen alive.", {(): workers})


def _gauge(name: str, text: str, values: Mapping[Any, float], labels: list[str] | None = None) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=labels or [])
    for key, value in values.items():
        family.add_metric(list(key), value)
    return family
