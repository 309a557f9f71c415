"""What is shown of a creator before its report is there: the free numbers, and the steps of the work."""

from typing import Any

from apps.discovery.services.analytics import ANALYTICS_KIND
from apps.discovery.services.refreshing import REFRESH_KIND
from apps.discovery.services.unlocking import UNLOCK_KIND
from apps.jobs.models import Job
from apps.profiles.models import Profile
from apps.profiles.selectors import get_preview

# In the order in which the jobs report them (`discovery.tasks`).
STEPS = {
    UNLOCK_KIND: ("Profile and posts", "Captions", "Report"),
    REFRESH_KIND: ("Profile and posts", "Captions"),
    ANALYTICS_KIND: ("The post", "Its comments", "Comparison"),
}


def preview_cards(profile: Profile) -> list[dict[str, Any]]:
    """The free numbers of a creator, as metrics: two observed counts and the engagement rate."""
    return [
        {"key": "followers", "label": "Followers", "metric": _observed(profile, "followers")},
        {"key": "posts", "label": "Posts", "metric": _observed(profile, "posts_count")},
        {"key": "engagement", "label": "Engagement rate", "metric": get_preview(profile)["engagement_rate"]},
    ]


def _observed(profile: Profile, name: str) -> dict[str, Any]:
    value = getattr(profile, name)
    metric: dict[str, Any] = {
        "value": value,
        "unit": "count",
        "as_of": profile.refreshed_at,
        "status": "unavailable" if value is None else "observed",
        "method": {"followers": "account.followers.v1", "posts_count": "account.posts.v1"}[name],
        "sample": {"size": int(value is not None), "of": 1, "kind": "profile", "excluded": {}},
        "confidence": "none" if value is None else "high",
    }
    return metric | ({"reason": "The source did not give this count."} if value is None else {})


def list_steps(job: Job) -> list[dict[str, str]]:
    """`[{label, state}]`: done, now or wait, by how far the job says it is; empty for work of one step."""
    return [{"label": label, "state": _state(job, at)} for at, label in enumerate(STEPS.get(job.kind, ()))]


def _state(job: Job, at: int) -> str:
    if at < job.progress_done:
        return "done"
    started = job.state == Job.State.RUNNING
    return "now" if started and at == job.progress_done else "wait"
