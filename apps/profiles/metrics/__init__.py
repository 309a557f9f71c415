"""Metrics: each defined once, computed from facts, and documented by the same definition."""

from .facts import SIZE_TIERS, PeerStats, PostFacts, ProfileFacts, SnapshotFacts, find_size_tier
from .metric import Confidence, Metric, Sample, Status, Unit

__all__ = [
    "SIZE_TIERS",
    "Confidence",
    "Metric",
    "PeerStats",
    "PostFacts",
    "ProfileFacts",
    "Sample",
    "SnapshotFacts",
    "Status",
    "Unit",
    "find_size_tier",
]
