"""Creators in the catalogue, ready for a report, without asking any source."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.profiles.models import Post, Profile, Snapshot


def build_creator(username: str = "maya", *, posts: int = 4, age_hours: float = 1, **fields: Any) -> Profile:
    """A synthetic creator read `age_hours` ago, with `posts` posts of visible likes and comments."""
    read_at = timezone.now() - timedelta(hours=age_hours)
    values = {
        "external_id": f"id-{username}",
        "username": username,
        "source": "sandbox",
        "synthetic": True,
        "full_name": username.title(),
        "followers": 10_000,
        "following": 100,
        "posts_count": posts,
        "refreshed_at": read_at,
        "posts_refreshed_at": read_at,
    }
    profile = Profile.objects.create(**{**values, **fields})
    Post.objects.bulk_create(
        Post(
            profile=profile,
            external_id=f"{username}-{n}",
            shortcode=f"{username}{n}",
            type=Post.Type.PHOTO,
            caption=f"Post {n} of {username}",
            taken_at=read_at - timedelta(days=n + 1),
            likes=100 * (n + 1),
            comments=10,
        )
        for n in range(posts)
    )
    Snapshot.objects.create(profile=profile, taken_at=read_at, followers=profile.followers, source="sandbox")
    return profile
