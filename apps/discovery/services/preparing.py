"""Labels for a report: some at once, so that it is ready in milliseconds, and better ones by the analysis job."""

from django.conf import settings

from apps.analysis.errors import AnalysisDisabled
from apps.analysis.selectors import count_preliminary, find_profile_analysis, get_insights, list_captions, list_outdated
from apps.analysis.services import label_at_once, submit_profile_analysis
from apps.discovery.selectors.minimum import is_labelled
from apps.profiles.models import Profile


def prepare_report(profile: Profile) -> None:
    """See to it that the stored posts are labelled, by the rules where no better engine has read them yet.

    What the rules said is replaced by the analysis job, which a refresh submits; where it is gone, it is submitted
    here. Repeatable, and cheap where nothing is to be done. Loads no model, so requests may call it.
    """
    if not settings.ENABLE_AI_ANALYSIS or is_labelled(profile):
        return
    label_at_once(profile_id=profile.pk)
    if count_preliminary(get_insights(profile)):
        submit_profile_analysis(profile_id=profile.pk)


def start_analysis(profile: Profile) -> bool:
    """Have a creator's captions read by the preferred engine; False when nothing is left to read.

    An analysis that is queued or running, for whatever team, is joined. Raises `AnalysisDisabled`.
    """
    if not settings.ENABLE_AI_ANALYSIS:
        raise AnalysisDisabled
    if find_profile_analysis(profile) is not None and not list_outdated(list_captions(profile.pk)):
        return False
    submit_profile_analysis(profile_id=profile.pk)
    return True
