"""The one metric that is kept on the profile: previews show it, search sorts by it, peers are compared with it."""

from apps.profiles.metrics import compute_metrics
from apps.profiles.models import Profile
from apps.profiles.selectors import get_facts

ENGAGEMENT_KEY = "engagement_rate.followers.median"


def store_engagement(profile: Profile) -> None:
    """Compute the engagement rate from what is stored and keep it with its provenance. Does not save."""
    metric = compute_metrics(get_facts(profile, with_peers=False)).get(ENGAGEMENT_KEY)
    if metric is None:
        return
    profile.engagement_metric = metric.as_dict()
    profile.engagement_rate = float(metric.value) if metric.available else None
