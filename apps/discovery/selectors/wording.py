"""What a report is called and how its prices are written, the same on the page and on paper."""

from typing import Any

from apps.core.templatetags.figures import dollars

CARDS: tuple[dict[str, Any], ...] = (
    {"key": "followers", "label": "Followers"},
    {"key": "engagement_rate.followers.median", "label": "Engagement rate"},
    {"key": "likes.median", "label": "Median likes"},
    {"key": "comments.median", "label": "Median comments"},
    {"key": "followers_growth.30d", "label": "Growth, 30 days", "signed": True},
    {"key": "posts_per_week", "label": "Posts per week"},
    {"key": "views.median", "label": "Median views"},
    {"key": "engagement_rate.peers.percentile", "label": "In its size class", "suffix": "rank lower"},
)
DRAWN_POSTS = 40
FORMATS = {"reel": ("Reel", 1), "video": ("Video", 1), "carousel": ("Carousel", 2), "photo": ("Photo", 3)}
"""Label and tone of each format of post, in the order of legends."""
PRICED = {"post": "A photo or carousel", "reel": "A reel", "story": "A story"}
NO_TREND = "A trend needs counts of at least two days. This creator is read again as time goes by."
NO_COUNTS = "No post shows its counts."


def write_prices(price: dict[str, Any] | None) -> dict[str, str]:
    """`{low, middle, high}` of a price metric's value, all to the same digits; empty texts where it is not known."""
    value = price or {}
    return {name: _round(value.get(name), beside=value.get("high")) for name in ("low", "middle", "high")}


def _round(value: float | None, *, beside: float | None) -> str:
    return dollars(value) if value is None or beside is None or beside < 20 else f"${value:,.0f}"
