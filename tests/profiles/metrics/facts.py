"""Building blocks: posts and profiles with just what a case is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from apps.profiles.metrics import PostFacts, ProfileFacts, SnapshotFacts

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def make_post(number: int = 1, **fields: Any) -> PostFacts:
    """A photo taken `number` days before NOW, with 100 likes and 10 comments unless said otherwise."""
    values: dict[str, Any] = {
        "id": number,
        "type": "photo",
        "taken_at": NOW - timedelta(days=number, hours=1),
        "shortcode": f"C{number}",
        "likes": 100,
        "comments": 10,
        **fields,
    }
    return PostFacts(**values)


def make_facts(*posts: PostFacts, **fields: Any) -> ProfileFacts:
    """A creator with 10,000 followers who was read at NOW."""
    values: dict[str, Any] = {
        "username": "mara.lind",
        "as_of": NOW,
        "posts_as_of": NOW,
        "followers": 10_000,
        "following": 500,
        "posts_count": 321,
        "posts": posts,
        **fields,
    }
    return ProfileFacts(**values)


def make_snapshot(days_ago: float, followers: int | None) -> SnapshotFacts:
    return SnapshotFacts(taken_at=NOW - timedelta(days=days_ago), followers=followers)
