"""Reading what was analysed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F

from apps.analysis.engines import LAST_RESORT, find_preferred
from apps.analysis.models import PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.text import hash_caption, normalise_text
from apps.profiles.models import Post, Profile


def find_profile_analysis(profile: Profile) -> ProfileAnalysis | None:
    return ProfileAnalysis.objects.filter(profile=profile).first()


def get_insights(profile: Profile) -> dict[str, Any]:
    """What a creator talks about, in which languages and in which tone; an empty form before the first analysis.

    `{"analysed", "total", "engines", "categories": [{label, share, n}], "languages": [{label, share, n}],
    "sentiment": {mean, positive, neutral, negative, n}, "primary_category", "analysed_at", "metrics"}`; shares are
    percent of the posts that have a label (`n` of them), and null where there are none. One query.
    """
    analysis = find_profile_analysis(profile)
    if analysis is None:
        return _empty_insights(profile)
    return {
        **analysis.aggregates,
        "analysed": analysis.analysed_count,
        "total": analysis.total_count,
        "engines": analysis.engines,
        "primary_category": analysis.primary_category,
        "analysed_at": analysis.analysed_at.isoformat(),
    }


def count_preliminary(insights: dict[str, Any]) -> int:
    """How many posts have only the rules' word so far, where an engine that comes before them may still read them."""
    if settings.AI_ENGINES[:1] in ([], [LAST_RESORT]):
        return 0
    return sum(entry["posts"] for entry in insights["engines"] if entry["engine"] == LAST_RESORT)


def list_captions(profile_id: int) -> dict[int, str]:
    """`{post id: caption}` of a creator's shown posts."""
    shown = Post.objects.filter(profile_id=profile_id, missing_since__isnull=True)
    return dict(shown.values_list("id", "caption"))


def list_labelled(captions: dict[int, str]) -> dict[int, tuple[str, str]]:
    """`{post id: (engine, version)}` of the posts that have a label of this very caption."""
    labels = PostAnalysis.objects.filter(post_id__in=captions).values_list(
        "post_id", "text_result__caption_hash", "text_result__engine", "text_result__engine_version"
    )
    return {
        post_id: (engine, version) for post_id, key, engine, version in labels if key == hash_caption(captions[post_id])
    }


def list_outdated(captions: dict[int, str]) -> list[int]:
    """The posts without a label of this caption by the preferred engine as it is now, in the order of their ids."""
    preferred = find_preferred()
    labelled = list_labelled(captions)
    return sorted(post_id for post_id in captions if labelled.get(post_id) != preferred)


def get_post_labels(post_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """`{post id: {language, sentiment, category, engine}}` for the posts that are analysed. One query.

    `sentiment` is None for a post without a text: it has no tone.
    """
    rows = PostAnalysis.objects.filter(post_id__in=list(post_ids)).select_related("text_result")
    rows = rows.annotate(caption=F("post__caption"))
    return {row.post_id: _labels(row.text_result, spoken=bool(normalise_text(row.caption))) for row in rows}


def _labels(result: TextResult, *, spoken: bool) -> dict[str, Any]:
    """Engines call silence neutral, which nobody said."""
    return {
        "language": {"code": result.language, "confidence": result.language_confidence},
        "sentiment": _sentiment(result) if spoken else None,
        "category": {"label": result.category, "confidence": result.category_confidence},
        "engine": result.engine,
        "engine_version": result.engine_version,
    }


def _sentiment(result: TextResult) -> dict[str, Any]:
    return {
        "label": result.sentiment,
        "score": result.sentiment_score,
        "confidence": result.sentiment_confidence,
    }


def _empty_insights(profile: Profile) -> dict[str, Any]:
    return {
        "analysed": 0,
        "total": profile.posts.filter(missing_since__isnull=True).count(),
        "engines": [],
        "categories": [],
        "languages": [],
        "sentiment": {"mean": None, "positive": None, "neutral": None, "negative": None, "n": 0},
        "primary_category": None,
        "analysed_at": None,
        "metrics": {},
    }
