"""What a report must contain to be worth its price, and when it is ready without more work."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from apps.analysis.selectors import find_profile_analysis
from apps.profiles.models import Profile
from apps.profiles.selectors import list_posts

MINIMUM_POSTS = 3


def find_shortfalls(profile: Profile) -> list[dict[str, Any]]:
    """Why a report would be hollow: `[{code, message}]`, empty when it is worth its price.

    The minimum: identity, counts, and at least three posts whose likes or comments are visible.
    """
    reasons = []
    if not profile.external_id:
        reasons.append({"code": "identity_missing", "message": "The source gave no account id."})
    missing = [name for name in ("followers", "following", "posts_count") if getattr(profile, name) is None]
    if missing:
        names = ", ".join(name.replace("_", " ") for name in missing)
        reasons.append({"code": "counts_missing", "message": f"The source gave no count of {names}."})
    visible = count_visible_posts(profile)
    if visible < MINIMUM_POSTS:
        message = f"{visible} of at least {MINIMUM_POSTS} posts have a visible like or comment count."
        reasons.append({"code": "too_few_posts", "message": message})
    return reasons


def count_visible_posts(profile: Profile) -> int:
    """Posts with at least one like or comment that can be seen; hidden likes count for nothing, not for zero."""
    return list_posts(profile).filter(Q(likes__gt=0) | Q(comments__gt=0)).count()


def is_young(profile: Profile) -> bool:
    """Whether the account was there and read within the last day."""
    if profile.refreshed_at is None or profile.unavailable_at is not None:
        return False
    return profile.refreshed_at > timezone.now() - timedelta(hours=settings.REPORT_FRESH_HOURS)


def has_fresh_posts(profile: Profile) -> bool:
    """Whether a good report can be made without asking a source: account and posts were read within the last day."""
    return is_young(profile) and profile.posts_refreshed_at is not None


def is_labelled(profile: Profile) -> bool:
    """Whether all captions were analysed since the posts were last read."""
    analysis = find_profile_analysis(profile)
    read_at = profile.posts_refreshed_at
    if analysis is None or analysis.analysed_count < analysis.total_count:
        return False
    return read_at is None or analysis.analysed_at >= read_at
