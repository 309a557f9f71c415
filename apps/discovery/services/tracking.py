"""What a paying team unlocked is kept up to date."""

from apps.discovery.models import Unlock
from apps.profiles.services import track_profiles


def track_unlocked() -> int:
    """Have the current team's unlocked creators read every week; how many. To be said again within three days.

    The catalogue learns which creators are wanted, never by whom.
    """
    return track_profiles(Unlock.objects.values_list("profile_id", flat=True))
