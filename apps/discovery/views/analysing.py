"""Whether the captions of a creator are still being read."""

from typing import Any

from apps.analysis.selectors import count_preliminary, find_analysis_job
from apps.profiles.models import Profile


def is_being_analysed(profile: Profile, content: dict[str, Any]) -> bool:
    """True while captions lack labels, or better ones, and a job is about to give them. Else it costs no query."""
    if content["analysed"] >= content["total"] and not count_preliminary(content):
        return False
    return find_analysis_job(profile) is not None
