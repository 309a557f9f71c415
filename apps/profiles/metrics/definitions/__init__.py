"""All metric definitions by theme; importing this registers them."""

from . import account, activity, averages, content, engagement, growth, hours, peers, post, sponsorship

__all__ = [
    "account",
    "activity",
    "averages",
    "content",
    "engagement",
    "growth",
    "hours",
    "peers",
    "post",
    "sponsorship",
]
