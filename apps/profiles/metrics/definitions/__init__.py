"""All metric definitions by theme; importing this registers them."""

from . import (
    account,
    activity,
    authenticity,
    averages,
    content,
    discussion,
    engagement,
    growth,
    hours,
    peers,
    post,
    pricing,
    safety,
    sponsorship,
)

__all__ = [
    "account",
    "activity",
    "authenticity",
    "averages",
    "content",
    "discussion",
    "engagement",
    "growth",
    "hours",
    "peers",
    "post",
    "pricing",
    "safety",
    "sponsorship",
]
