"""Whether the captions of a creator are still being read."""

from typing import Any

from apps.analysis.selectors import count_preliminary, find_analysis_job
from apps.jobs.models import Job
from apps.profiles.models import Profile


def find_running_analysis(profile: Profile, content: dict[str, Any]) -> Job | None:
    """The job that is about to give captions their labels, or better ones; None where none lacks any.

    Costs no query where all are labelled.
    """
    if content["analysed"] >= content["total"] and not count_preliminary(content):
        return None
    return find_analysis_job(profile)
