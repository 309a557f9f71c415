"""Reading brand-safety flags."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, QuerySet

from apps.profiles.metrics.definitions.safety import SafetyFacts
from apps.profiles.models import Profile, SafetyFlag

from .facts import get_facts


def list_flags(profile: Profile) -> QuerySet[SafetyFlag]:
    """The flags of the posts still shown, newest post first, in the order of the caption."""
    rows = SafetyFlag.objects.filter(profile=profile, post__missing_since__isnull=True).select_related("post")
    return rows.order_by(F("post__taken_at").desc(nulls_last=True), "-post_id", "start", "code")


def list_post_flags(post_ids: Iterable[int]) -> dict[int, list[SafetyFlag]]:
    """`{post id: flags}` in the order of the caption. One query."""
    flags: dict[int, list[SafetyFlag]] = defaultdict(list)
    for flag in SafetyFlag.objects.filter(post_id__in=list(post_ids)).order_by("post_id", "start", "code"):
        flags[flag.post_id].append(flag)
    return flags


def get_safety_facts(profile: Profile) -> SafetyFacts:
    """What the metrics of brand safety look at."""
    return SafetyFacts(profile=get_facts(profile, with_peers=False))
