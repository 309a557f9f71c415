"""Analysing a creator: every post by its own id, then the sums."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.analysis.engines import find_preferred
from apps.analysis.errors import AnalysisDisabled
from apps.analysis.metrics import LabelledPost, summarise
from apps.analysis.models import PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.text import hash_caption
from apps.profiles.models import Post, Profile

from .results import read_captions

Report = Callable[[int, int, str], Any]
_ROUNDS = 3


def analyse_profile(*, profile_id: int, report: Report | None = None) -> ProfileAnalysis:
    """Label every shown post of a creator and store the sums. Repeatable, and resumable after a stop at any moment.

    Posts whose stored label is of this very caption and of the preferred engine's present version are left alone; all
    others are replaced, matched by post id. `report(done, total, message)` is called after every batch and may raise to
    stop: what is done stays. Raises `AnalysisDisabled` where analysis is switched off, `Profile.DoesNotExist`.
    """
    if not settings.ENABLE_AI_ANALYSIS:
        raise AnalysisDisabled
    profile = Profile.objects.get(pk=profile_id)
    started = timezone.now()
    read: dict[int, str] = {}
    for _round in range(_ROUNDS):
        # A refresh may bring posts while the first ones are read; the job that it would submit is this one.
        if not _label_posts(profile, read, report or _silent):
            break
    return _store_sums(profile, analysed_at=started)


def _silent(done: int, total: int, message: str) -> None:
    """Nobody watches."""


def _label_posts(profile: Profile, read: dict[int, str], report: Report) -> int:
    """Label what is missing or outdated and was not `read` in this run; how many posts that were."""
    captions = dict(_shown_posts(profile).values_list("id", "caption"))
    pending = [post_id for post_id in _list_outdated(captions) if read.get(post_id) != captions[post_id]]
    done = len(captions) - len(pending)
    for start in range(0, len(pending), settings.AI_BATCH_SIZE):
        batch = pending[start : start + settings.AI_BATCH_SIZE]
        _label_batch({post_id: captions[post_id] for post_id in batch})
        read.update((post_id, captions[post_id]) for post_id in batch)
        done += len(batch)
        report(done, len(captions), f"Analysing posts: {done} of {len(captions)}")
    return len(pending)


def _shown_posts(profile: Profile) -> Any:
    return Post.objects.filter(profile=profile, missing_since__isnull=True)


def _list_outdated(captions: dict[int, str]) -> list[int]:
    """The posts without a label of this caption by the preferred engine, in the order of their ids."""
    preferred = find_preferred()
    labels = PostAnalysis.objects.filter(post_id__in=captions).values_list(
        "post_id", "text_result__caption_hash", "text_result__engine", "text_result__engine_version"
    )
    standing = {post_id: (key, (engine, version)) for post_id, key, engine, version in labels}
    return sorted(
        post_id for post_id, caption in captions.items() if standing.get(post_id) != (hash_caption(caption), preferred)
    )


def _label_batch(captions: dict[int, str]) -> None:
    """One statement stores the batch, so a stop leaves whole batches; a post that vanished is skipped."""
    results = read_captions(captions.values())
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


def _store_sums(profile: Profile, *, analysed_at: Any) -> ProfileAnalysis:
    total = _shown_posts(profile).count()
    labelled = PostAnalysis.objects.filter(post__profile=profile, post__missing_since__isnull=True)
    results = [row.text_result for row in labelled.select_related("text_result").order_by("post_id")]
    summary = summarise([_facts(result) for result in results], of=total, as_of=analysed_at)
    analysis, _created = ProfileAnalysis.objects.update_or_create(
        profile=profile,
        defaults={
            "aggregates": summary.aggregates,
            "primary_category": summary.primary_category,
            "mean_sentiment": summary.mean_sentiment,
            "engines": _engines(results),
            "analysed_count": len(results),
            "total_count": total,
            "analysed_at": analysed_at,
        },
    )
    return analysis


def _engines(results: Sequence[TextResult]) -> list[dict[str, Any]]:
    """Who read the posts, most first; more than one entry says that the profile is mixed."""
    counts: dict[tuple[str, str], int] = {}
    for result in results:
        key = (result.engine, result.engine_version)
        counts[key] = counts.get(key, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"engine": engine, "version": version, "posts": posts} for (engine, version), posts in ranked]


def _facts(result: TextResult) -> LabelledPost:
    return LabelledPost(
        language=result.language,
        sentiment=result.sentiment,
        score=result.sentiment_score,
        category=result.category,
        category_confidence=result.category_confidence,
        engine=result.engine,
    )
