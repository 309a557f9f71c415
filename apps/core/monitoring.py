"""What the process counts for Prometheus. With PROMETHEUS_MULTIPROC_DIR set, all processes of a machine add up."""

from prometheus_client import Counter, Histogram

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)

REQUESTS = Counter("af_http_requests_total", "Answered requests.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("af_http_request_seconds", "Time to answer a request.", ["route"], buckets=_BUCKETS)
CACHE_READS = Counter("af_cache_reads_total", "Reads through apps.core.caching.", ["result"])


def count_cache_read(result: str) -> None:
    """Count a read: hit, stale (served while another renews), miss (made), bypass (no Redis)."""
    CACHE_READS.labels(result).inc()


def count_request(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request. `route` is the URL pattern, never the path: handles must not become labels."""
    REQUESTS.labels(method, route, f"{status // 100}xx").inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
