"""The team's right to read what it bought: the purchase, and nothing else."""

from collections.abc import Iterable

from apps.discovery.models import EmailUnlock, PostUnlock, Unlock
from apps.profiles.models import Post, Profile


def find_unlock(profile: Profile) -> Unlock | None:
    """The current team's unlock of a creator, or None. One query."""
    return Unlock.objects.filter(profile=profile).first()


def list_unlocked_ids(profile_ids: list[int]) -> set[int]:
    """Which of these creators the current team has unlocked. One query."""
    return set(Unlock.objects.filter(profile_id__in=profile_ids).values_list("profile_id", flat=True))


def find_email_unlock(profile: Profile) -> EmailUnlock | None:
    """The current team's purchase of a creator's addresses, or None. One query."""
    return EmailUnlock.objects.filter(profile=profile).first()


def find_post_unlock(copies: Iterable[Post]) -> PostUnlock | None:
    """The current team's purchase of one of a post's copies, the first of them, or None. One query."""
    return PostUnlock.objects.filter(post__in=[post.pk for post in copies]).order_by("pk").first()
