"""Type-ahead over the creators already known."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from apps.profiles.models import Profile

MAX_SUGGESTIONS = 8


def suggest_profiles(text: str, *, limit: int = MAX_SUGGESTIONS) -> list[Profile]:
    """At most 8 known creators for what somebody has begun to type: handles that begin so, largest first, then names
    and handles that contain or resemble it. Never asks a source; suppressed and vanished creators are left out."""
    typed = text.strip().removeprefix("@").removeprefix("＠").lower()[:60].replace("\x00", "")
    limit = min(limit, MAX_SUGGESTIONS)
    if not typed or limit < 1:
        return []
    found = list(_shown().filter(username__startswith=typed).order_by("-followers", "id")[:limit])
    if len(found) < limit and len(typed) >= 3:
        known = [profile.pk for profile in found]
        found += _similar(typed).exclude(pk__in=known)[: limit - len(found)]
    return found


def _similar(typed: str) -> QuerySet[Profile]:
    named = Q(full_name__icontains=typed) | Q(username__icontains=typed)
    return (
        _shown()
        .filter(named)
        .annotate(likeness=TrigramSimilarity("username", typed) + TrigramSimilarity("full_name", typed))
        .order_by("-likeness", "-followers", "id")
    )


def _shown() -> QuerySet[Profile]:
    return Profile.objects.select_related("avatar").filter(
        handle_lost_at__isnull=True, suppressed_at__isnull=True, unavailable_at__isnull=True
    )
