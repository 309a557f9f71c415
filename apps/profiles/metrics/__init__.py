"""Metrics: each defined once, computed from facts, and documented by the same definition."""

from . import definitions
from .definitions.against import PostAmongOthers
from .definitions.discussion import comment_sample, is_relevant, no_comments, of_others
from .definitions.post import PostInContext
from .definitions.sponsorship import sponsorship_of
from .facts import (
    SIZE_TIERS,
    AuthenticityFacts,
    CommentFacts,
    DiscussionFacts,
    PeerStats,
    PostFacts,
    ProfileFacts,
    SnapshotFacts,
    find_size_tier,
)
from .methodology import list_methodology
from .metric import Confidence, Metric, Sample, Status, Unit
from .pricing import PricingFacts, Rates, read_rates
from .registry import (
    Found,
    MetricDefinition,
    Missing,
    compute_metric,
    compute_metrics,
    find_definition,
    list_definitions,
    metric,
    register,
)
from .wording import key_words, kind_of

__all__ = [
    "SIZE_TIERS",
    "AuthenticityFacts",
    "CommentFacts",
    "Confidence",
    "DiscussionFacts",
    "Found",
    "Metric",
    "MetricDefinition",
    "Missing",
    "PeerStats",
    "PostAmongOthers",
    "PostFacts",
    "PostInContext",
    "PricingFacts",
    "ProfileFacts",
    "Rates",
    "Sample",
    "SnapshotFacts",
    "Status",
    "Unit",
    "comment_sample",
    "compute_metric",
    "compute_metrics",
    "definitions",
    "find_definition",
    "find_size_tier",
    "is_relevant",
    "key_words",
    "kind_of",
    "list_definitions",
    "list_methodology",
    "metric",
    "no_comments",
    "of_others",
    "read_rates",
    "register",
    "sponsorship_of",
]
