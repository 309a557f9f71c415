"""Reading what was analysed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from apps.profiles.models import Profile

from .engines import LAST_RESORT
from .models import PostAnalysis, ProfileAnalysis, TextResult


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


def get_post_labels(post_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """`{post id: {language, sentiment, category, engine}}` for the posts that are analysed. One query."""
    rows = PostAnalysis.objects.filter(post_id__in=list(post_ids)).select_related("text_result")
    return {row.post_id: _labels(row.text_result) for row in rows}


def _labels(result: TextResult) -> dict[str, Any]:
    return {
        "language": {"code": result.language, "confidence": result.language_confidence},
        "sentiment": {
            "label": result.sentiment,
            "score": result.sentiment_score,
            "confidence": result.sentiment_confidence,
        },
        "category": {"label": result.category, "confidence": result.category_confidence},
        "engine": result.engine,
        "engine_version": result.engine_version,
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
