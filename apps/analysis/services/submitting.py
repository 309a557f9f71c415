"""Having a creator analysed in the background."""

from django.conf import settings

from apps.analysis.selectors import ANALYSIS_JOB
from apps.jobs.models import Job
from apps.jobs.services import submit_job


def submit_profile_analysis(*, profile_id: int) -> Job | None:
    """Queue the analysis of a creator, one at a time per creator; None where analysis is switched off."""
    if not settings.ENABLE_AI_ANALYSIS:
        return None
    return submit_job(
        kind=ANALYSIS_JOB, params={"profile_id": profile_id}, dedup_key=str(profile_id), queue=Job.Queue.ANALYSIS
    )
