"""A creator's stored data as the pure facts that metrics are computed from."""

from typing import cast

from django.utils import timezone

from apps.profiles.metrics import PeerStats, PostFacts, ProfileFacts, SnapshotFacts, find_size_tier
from apps.profiles.metrics.facts import PostType
from apps.profiles.models import Post, Profile, Snapshot

from .profiles import list_posts, list_snapshots

# Enough for a benchmark's percentiles, small enough for one quick query.
MAX_PEERS = 3_000
MAX_POSTS = 500


def get_facts(profile: Profile, *, with_peers: bool = True) -> ProfileFacts:
    """What metrics are computed from: the profile, the posts still shown, the snapshots, the peers. 3 or 4 queries."""
    return ProfileFacts(
        username=profile.username,
        as_of=profile.refreshed_at or profile.created_at,
        posts_as_of=profile.posts_refreshed_at,
        followers=profile.followers,
        following=profile.following,
        posts_count=profile.posts_count,
        is_private=profile.is_private,
        synthetic=profile.synthetic,
        posts=tuple(make_post_facts(post) for post in list_posts(profile)[:MAX_POSTS]),
        snapshots=tuple(make_snapshot_facts(row) for row in list_snapshots(profile)),
        peers=get_peers(profile) if with_peers else None,
        flags=tuple(profile.flags),
    )


def get_peers(profile: Profile) -> PeerStats | None:
    """Engagement rates of other creators of the same size tier and kind, newest first; None without a tier."""
    tier = find_size_tier(profile.followers)
    if tier is None:
        return None
    name, low, high = tier
    peers = Profile.objects.filter(
        synthetic=profile.synthetic,
        followers__gte=low,
        engagement_rate__isnull=False,
        suppressed_at__isnull=True,
        unavailable_at__isnull=True,
    ).exclude(pk=profile.pk)
    if high is not None:
        peers = peers.filter(followers__lt=high)
    rates = peers.order_by("-refreshed_at", "-id").values_list("engagement_rate", flat=True)[:MAX_PEERS]
    return PeerStats(tier=name, engagement_rates=[rate for rate in rates if rate is not None], as_of=timezone.now())


def make_snapshot_facts(row: Snapshot) -> SnapshotFacts:
    """What metrics read of a stored snapshot."""
    return SnapshotFacts(
        taken_at=row.taken_at, followers=row.followers, following=row.following, posts_count=row.posts_count
    )


def make_post_facts(post: Post) -> PostFacts:
    """What metrics read of a stored post."""
    return PostFacts(
        id=post.pk,
        shortcode=post.shortcode,
        type=cast(PostType, post.type),
        taken_at=post.taken_at,
        likes=post.likes,
        likes_hidden=post.likes_hidden,
        comments=post.comments,
        views=post.views,
        plays=post.plays,
        caption=post.caption,
        hashtags=tuple(post.hashtags),
        mentions=tuple(post.mentions),
        coauthors=tuple(post.coauthors),
        is_pinned=post.is_pinned,
        is_sponsored=post.is_sponsored,
        flags=tuple(post.flags),
    )
