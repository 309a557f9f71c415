"""Storing labels and their sums. Each write locks the creator's row, so the sums that stay are of the last labels."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NewType

from django.db import transaction
from django.utils import timezone

from apps.analysis.metrics import LabelledPost, summarise
from apps.analysis.models import PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.pooling import read_chances
from apps.analysis.selectors import list_captions
from apps.analysis.text import hash_caption, normalise_text
from apps.profiles.models import Post, Profile

LockedProfile = NewType("LockedProfile", Profile)


def lock_labels(profile_id: int) -> LockedProfile:
    """The creator, whose labels nobody else changes until the transaction ends. Raises `Profile.DoesNotExist`."""
    return LockedProfile(Profile.objects.select_for_update(no_key=True).get(pk=profile_id))


@transaction.atomic
def store_labels(profile_id: int, captions: Mapping[int, str], results: Mapping[str, TextResult]) -> None:
    """Make these readings the ones that stand for the posts, in one statement; a post that vanished is skipped."""
    lock_labels(profile_id)
    write_labels(captions, results)


def write_labels(captions: Mapping[int, str], results: Mapping[str, TextResult]) -> None:
    """As `store_labels`, under the caller's lock."""
    now = timezone.now()
    alive = set(Post.objects.filter(pk__in=captions).values_list("pk", flat=True))
    rows = [
        PostAnalysis(post_id=post_id, text_result=results[hash_caption(caption)], analysed_at=now)
        for post_id, caption in captions.items()
        if post_id in alive
    ]
    PostAnalysis.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["post"], update_fields=["text_result", "analysed_at"]
    )


@transaction.atomic
def store_sums(profile_id: int, *, analysed_at: datetime) -> ProfileAnalysis:
    """Sum up the labels that stand now. Whatever changed is a new version of what a report shows."""
    return write_sums(lock_labels(profile_id), analysed_at=analysed_at)


def write_sums(profile: LockedProfile, *, analysed_at: datetime) -> ProfileAnalysis:
    """As `store_sums`, under the caller's lock. The time of the analysis never goes back."""
    standing = _list_standing(profile)
    results = [label.text_result for label in standing]
    total = len(list_captions(profile.pk))
    before = ProfileAnalysis.objects.filter(profile=profile).first()
    at = max(analysed_at, before.analysed_at) if before else analysed_at
    summary = summarise([_facts(label) for label in standing], of=total, as_of=at)
    analysis, _created = ProfileAnalysis.objects.update_or_create(
        profile=profile,
        defaults={
            "aggregates": summary.aggregates,
            "primary_category": summary.primary_category,
            "mean_sentiment": summary.mean_sentiment,
            "engines": _engines(results),
            "analysed_count": len(results),
            "total_count": total,
            "analysed_at": at,
        },
    )
    profile.version += 1
    profile.save(update_fields=["version"])
    return analysis


def _list_standing(profile: LockedProfile) -> list[PostAnalysis]:
    labelled = PostAnalysis.objects.filter(post__profile=profile, post__missing_since__isnull=True)
    return list(labelled.select_related("text_result", "post").order_by("post_id"))


def _engines(results: Sequence[TextResult]) -> list[dict[str, Any]]:
    """Who read the posts, most first; more than one entry says that the profile is mixed."""
    counts: dict[tuple[str, str], int] = {}
    for result in results:
        key = (result.engine, result.engine_version)
        counts[key] = counts.get(key, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"engine": engine, "version": version, "posts": posts} for (engine, version), posts in ranked]


def _facts(label: PostAnalysis) -> LabelledPost:
    result = label.text_result
    return LabelledPost(
        taken_at=label.post.taken_at,
        language=result.language,
        sentiment=result.sentiment,
        score=result.sentiment_score,
        category=result.category,
        chances=read_chances(result.raw, result.category, result.category_confidence),
        engine=result.engine,
        has_caption=bool(normalise_text(label.post.caption)),
    )
