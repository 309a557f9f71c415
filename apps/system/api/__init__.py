"""Health and metrics over HTTP."""

from .health import HealthView, LiveView, ReadyView
from .metrics import MetricsView, PrometheusView

__all__ = ["HealthView", "LiveView", "MetricsView", "PrometheusView", "ReadyView"]
