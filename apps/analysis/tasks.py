"""The job that labels a creator's posts. It runs in workers, which alone load the engines."""

from typing import Any

from apps.jobs.handlers import job_handler
from apps.jobs.runs import JobRun
from apps.profiles.models import Profile

from .errors import AnalysisDisabled
from .selectors import ANALYSIS_JOB
from .services import analyse_profile


@job_handler(ANALYSIS_JOB)
def run_profile_analysis(run: JobRun) -> dict[str, Any]:
    """Analyse the creator of `params["profile_id"]`; a second run does only what is left."""
    try:
        analysis = analyse_profile(profile_id=run.params["profile_id"], report=run.report)
    except (AnalysisDisabled, Profile.DoesNotExist):
        return {"analysed": 0, "skipped": True}
    return {"analysed": analysis.analysed_count, "total": analysis.total_count}
