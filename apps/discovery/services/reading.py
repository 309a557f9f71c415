"""Reading a creator for a report that is to be sold."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from apps.discovery.errors import ProfilePrivate
from apps.profiles.errors import ProfileNotFound, SourceUnavailable
from apps.profiles.models import Profile
from apps.profiles.selectors import get_preview
from apps.profiles.services import Refresh, refresh_profile


def read_sellable(username: str) -> Profile:
    """The creator as of today, from a source where what is stored is older than a day.

    Raises what `refresh_profile` raises, and refuses what no team should pay for: `ProfileNotFound` where the account
    is gone, `ProfilePrivate`, and `SourceUnavailable` where the data are old and no source answers.
    """
    refresh = refresh_profile(username=username, max_age=timedelta(hours=settings.REPORT_FRESH_HOURS))
    _check_sellable(refresh)
    return refresh.profile


def _check_sellable(refresh: Refresh) -> None:
    profile = refresh.profile
    if profile.unavailable_at is not None:
        raise ProfileNotFound(details={"username": profile.username})
    if profile.is_private:
        raise ProfilePrivate(details={"preview": get_preview(profile)})
    oldest = timezone.now() - timedelta(days=settings.PREVIEW_FRESH_DAYS)
    if refresh.stale and (profile.refreshed_at is None or profile.refreshed_at < oldest):
        raise SourceUnavailable
