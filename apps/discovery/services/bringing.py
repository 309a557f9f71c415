"""Unlocks that a team brought along from the replaced system."""

from datetime import datetime

from apps.accounts.models import User
from apps.discovery.models import Unlock
from apps.profiles.models import Profile


def bring_unlock(*, profile: Profile, member: User, key: str, at: datetime) -> bool:
    """Give the current team the report of a creator without a charge: it was paid elsewhere. Once; was it new?"""
    about = {"member": member, "hold_key": key, "created_at": at}
    _, is_new = Unlock.objects.get_or_create(profile=profile, defaults=about)
    return is_new
