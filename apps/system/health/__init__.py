"""Is the product well? A score from 0 to 100 over seven components (DESIGN section 9)."""

from .heartbeats import list_workers, report_beat, report_worker
from .scoring import Component, Health, get_health, measure_health

__all__ = ["Component", "Health", "get_health", "list_workers", "measure_health", "report_beat", "report_worker"]
