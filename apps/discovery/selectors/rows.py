"""Creators of the current team as the rows of a page: the preview with trend and freshness."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from apps.discovery.models import Unlock
from apps.discovery.selectors.history import list_unlocked
from apps.profiles.metrics import ProfileFacts, SnapshotFacts, compute_metric
from apps.profiles.models import Profile, Snapshot
from apps.profiles.selectors import get_avatar_url, get_preview, make_snapshot_facts

SPARK_POINTS = 24


def list_recent_unlocks(*, limit: int) -> list[dict[str, str]]:
    """`[{username, avatar_url}]` of the newest unlocks. One query."""
    profiles = [unlock.profile for unlock in list_unlocked()[:limit]]
    return [{"username": profile.username, "avatar_url": get_avatar_url(profile)} for profile in profiles]


def describe_unlocks(unlocks: Iterable[Unlock]) -> list[dict[str, Any]]:
    """The preview with `growth` (a metric, 30 days), `spark`, `refreshed_at`, `stale`, `unlocked_at`. One query."""
    unlocks = list(unlocks)
    snapshots = _list_snapshots([unlock.profile_id for unlock in unlocks])
    return [_describe(unlock, snapshots[unlock.profile_id]) for unlock in unlocks]


def _list_snapshots(profile_ids: Sequence[int]) -> dict[int, list[SnapshotFacts]]:
    rows = Snapshot.objects.filter(profile_id__in=profile_ids).order_by("taken_at", "id")
    found: dict[int, list[SnapshotFacts]] = defaultdict(list)
    for row in rows.iterator():
        found[row.profile_id].append(make_snapshot_facts(row))
    return found


def _describe(unlock: Unlock, snapshots: list[SnapshotFacts]) -> dict[str, Any]:
    profile = unlock.profile
    counted = [snapshot.followers for snapshot in snapshots if snapshot.followers is not None]
    return {
        **get_preview(profile),
        "growth": _growth(profile, snapshots),
        "spark": counted[-SPARK_POINTS:],
        "refreshed_at": profile.refreshed_at,
        "stale": profile.stale_since is not None,
        "unlocked_at": unlock.created_at,
    }


def _growth(profile: Profile, snapshots: list[SnapshotFacts]) -> dict[str, Any]:
    facts = ProfileFacts(
        username=profile.username,
        as_of=profile.refreshed_at or timezone.now(),
        followers=profile.followers,
        snapshots=tuple(snapshots),
        synthetic=profile.synthetic,
    )
    return compute_metric("followers_growth.30d", facts).as_dict()
