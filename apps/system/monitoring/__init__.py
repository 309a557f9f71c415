"""What the operator's tools read: Prometheus text and one JSON page."""

from .prometheus import CONTENT_TYPE, render_prometheus
from .summary import get_metrics

__all__ = ["CONTENT_TYPE", "get_metrics", "render_prometheus"]
