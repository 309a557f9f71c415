"""The one read-through cache (DESIGN section 8): one maker per key, stale while renewed, nothing lost without Redis."""

from .reading import cached, drop

__all__ = ["cached", "drop"]
