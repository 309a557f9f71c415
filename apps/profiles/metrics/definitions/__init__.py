"""All metric definitions by theme; importing this registers them."""

from . import (
    account,
    activity,
    against,
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
    "against",
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
