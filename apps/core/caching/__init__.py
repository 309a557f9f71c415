"""The one read-through cache (DESIGN section 8): one maker per key, stale while renewed, nothing lost without Redis."""

from .memory import Recent
from .reading import cached, drop

__all__ = ["Recent", "cached", "drop"]
