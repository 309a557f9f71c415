"""The team's right to read a report: the unlock, and nothing else."""

from apps.discovery.models import Unlock
from apps.profiles.models import Profile


def find_unlock(profile: Profile) -> Unlock | None:
    """The current team's unlock of a creator, or None. One query."""
    return Unlock.objects.filter(profile=profile).first()


def list_unlocked_ids(profile_ids: list[int]) -> set[int]:
    """Which of these creators the current team has unlocked. One query."""
    return set(Unlock.objects.filter(profile_id__in=profile_ids).values_list("profile_id", flat=True))
