"""Unlocks that a team brought along from the replaced system."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.discovery.models import Unlock
from apps.profiles.models import Profile

from .settling import lock_creator


@transaction.atomic
def bring_unlock(*, profile: Profile, member: User, key: str, at: datetime) -> bool:
    """Give the current team the report of a creator without a charge: it was paid elsewhere. Once; was it new?"""
    lock_creator(profile)
    if Unlock.objects.filter(profile=profile).exists():
        return False
    Unlock.objects.create(profile=profile, member=member, hold_key=key, created_at=at)
    return True
