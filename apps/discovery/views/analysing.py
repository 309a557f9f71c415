"""Whether the captions of a creator are still being read."""

from typing import Any

from apps.analysis.selectors import count_preliminary
from apps.jobs.selectors import find_active_job
from apps.profiles.models import Profile

ANALYSIS_KIND = "analysis.profile"


def is_being_analysed(profile: Profile, content: dict[str, Any]) -> bool:
    """True while captions lack labels, or better ones, and a job is about to give them. Else it costs no query."""
    if content["analysed"] >= content["total"] and not count_preliminary(content):
        return False
    return find_active_job(kind=ANALYSIS_KIND, team=None, dedup_key=str(profile.pk)) is not None
