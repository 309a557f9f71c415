"""The creator whose metrics the landing page shows: a synthetic one, computed like any other."""

from typing import Any

from apps.core.caching import cached
from apps.profiles.metrics import compute_metrics
from apps.profiles.models import Profile
from apps.profiles.selectors import get_facts, get_preview, list_snapshots

SECONDS = 60
CARDS = (
    ("engagement_rate.followers.median", "Engagement rate", False),
    ("followers", "Followers", False),
    ("followers_growth.90d", "Growth, 90 days", True),
    ("posts_per_week", "Posts per week", False),
)


def get_showcase() -> dict[str, Any] | None:
    """`{preview, cards}` of a synthetic creator of the catalogue, at most a minute old; None where there is none."""
    found: dict[str, Any] = cached("portal:showcase", ttl=SECONDS, make=_make_showcase)
    return found or None


def _make_showcase() -> dict[str, Any]:
    synthetic = Profile.objects.filter(synthetic=True, engagement_rate__isnull=False, avatar__isnull=False)
    profile = synthetic.select_related("avatar").order_by("created_at", "id").first()
    if profile is None:
        return {}
    metrics = compute_metrics(get_facts(profile))
    cards: list[dict[str, Any]] = [
        {"key": key, "label": label, "metric": metrics[key].as_dict(), "signed": signed} for key, label, signed in CARDS
    ]
    cards[1]["spark"] = [row.followers for row in list_snapshots(profile) if row.followers is not None]
    return {"preview": get_preview(profile), "cards": cards}
