"""Counts over time: what growth is computed from."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median

from apps.profiles.models import Post, Profile, Snapshot
from apps.profiles.normalise import SnapshotData

DAY_PARTS = 4
SAMPLE = 12


def take_snapshot(profile: Profile, *, at: datetime, source: str) -> Snapshot | None:
    """Write down the counts, unless they are unchanged since a snapshot of the same quarter of the day.

    With medians as the metrics have them: `avg.likes.median`, of comments and views too, over the 12 latest posts.
    """
    if profile.followers is None and profile.posts_count is None:
        return None
    last = Snapshot.objects.filter(profile=profile).order_by("-taken_at").first()
    counts = (profile.followers, profile.following, profile.posts_count)
    if last and last.taken_at >= at:
        return None
    if (
        last
        and _day_part(last.taken_at) == _day_part(at)
        and (last.followers, last.following, last.posts_count) == counts
    ):
        return None
    posts = list(Post.objects.filter(profile=profile, missing_since__isnull=True, taken_at__isnull=False)[:SAMPLE])
    return Snapshot.objects.create(
        profile=profile,
        taken_at=at,
        followers=profile.followers,
        following=profile.following,
        posts_count=profile.posts_count,
        median_likes=_median(post.likes for post in posts),
        median_comments=_median(post.comments for post in posts),
        median_views=_median(post.views or None for post in posts),
        posts_sampled=len(posts),
        source=source,
        synthetic=profile.synthetic,
    )


def store_history(profile: Profile, history: Iterable[SnapshotData], *, source: str) -> None:
    """Past counts that a source tells itself (the sandbox, labelled synthetic); only for a creator that is new here."""
    rows = [
        Snapshot(
            profile=profile, taken_at=item.taken_at, followers=item.followers, following=item.following,
            posts_count=item.posts_count, source=source, synthetic=profile.synthetic,
        )
        for item in history
    ]  # fmt: skip
    Snapshot.objects.bulk_create(rows, ignore_conflicts=True)


def _day_part(moment: datetime) -> tuple[int, int]:
    return moment.toordinal(), moment.hour * DAY_PARTS // 24


def _median(values: Iterable[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(median(known)) if known else None
