"""Making a report ready in milliseconds: every caption gets a label now, a better one later."""

from django.conf import settings

from apps.analysis.selectors import count_preliminary, get_insights
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
