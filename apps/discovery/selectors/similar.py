"""Creators that write about the same as one, and what they have in common: previews only, whatever the team has."""

from typing import Any

from django.conf import settings

from apps.analysis.languages import language_name
from apps.analysis.selectors import (
    MINIMUM_TEXTS,
    SIMILARITY_METHOD,
    Neighbour,
    Wanted,
    find_analysis_job,
    find_place,
    list_main_hashtags,
    list_main_labels,
    list_neighbours,
)
from apps.analysis.taxonomy import find_category
from apps.discovery.selectors.entitlements import list_unlocked_ids
from apps.profiles.metrics import find_size_tier
from apps.profiles.models import Profile
from apps.profiles.selectors import get_preview

Row = dict[str, Any]
MOST = 50
MOST_TAGS = 5


def get_similar(profile: Profile, wanted: Wanted, *, limit: int) -> Row:
    """`{username, available, reason, method, results, next}`; without a place of its own it is unavailable, with why.

    Each result is `{profile: preview, unlocked, similarity: metric, reasons}`. Six queries, whatever the number.
    """
    place = find_place(profile)
    answer: Row = {"username": profile.username, "method": SIMILARITY_METHOD, "next": None}
    if place is None:
        return {**answer, "available": False, "reason": _why_not(profile), "results": []}
    neighbours = list_neighbours(place, wanted, limit=min(limit, MOST))
    return {**answer, "available": True, "reason": "", "results": _show(profile, neighbours)}


def _why_not(profile: Profile) -> str:
    if not settings.ENABLE_AI_ANALYSIS or "local" not in settings.AI_ENGINES:
        return "Captions are not compared here: the engine that embeds them is switched off."
    if find_analysis_job(profile) is not None:
        return "The captions are still being read."
    return f"Comparing needs at least {MINIMUM_TEXTS} captions with words that have been read."


def _show(profile: Profile, neighbours: list[Neighbour]) -> list[Row]:
    ids = [neighbour.profile.pk for neighbour in neighbours]
    unlocked = list_unlocked_ids(ids)
    labels, tags = list_main_labels([profile.pk, *ids]), list_main_hashtags([profile.pk, *ids])
    return [
        {
            "profile": get_preview(neighbour.profile),
            "unlocked": neighbour.profile.pk in unlocked,
            "similarity": neighbour.similarity.as_dict(),
            "reasons": _reasons(profile, neighbour.profile, labels=labels, tags=tags),
        }
        for neighbour in neighbours
    ]


def _reasons(
    one: Profile, other: Profile, *, labels: dict[int, dict[str, list[str]]], tags: dict[int, list[str]]
) -> Row:
    """What both have: topics and languages of at least a tenth of the posts, hashtags, size. Names only, no shares."""

    def both(kind: str) -> list[str]:
        theirs = labels.get(other.pk, {}).get(kind, [])
        return [label for label in labels.get(one.pk, {}).get(kind, []) if label in theirs]

    mine, theirs = find_size_tier(one.followers), find_size_tier(other.followers)
    reasons: Row = {
        "categories": [
            {"code": info.code, "name": info.label} for info in map(find_category, both("categories")) if info
        ],
        "languages": [{"code": code, "name": language_name(code)} for code in both("languages")],
        "hashtags": [tag for tag in tags[one.pk] if tag in set(tags[other.pk])][:MOST_TAGS],
        "size_band": mine[0] if mine is not None and mine == theirs else None,
    }
    return {"text": _say(reasons), **reasons}


def _say(reasons: Row) -> str:
    """The same in a sentence."""
    parts = []
    if reasons["categories"]:
        parts.append("Both post about " + _list(row["name"] for row in reasons["categories"][:3]))
    if reasons["languages"]:
        start = "in" if parts else "Both write in"
        parts.append(f"{start} " + _list(row["name"] for row in reasons["languages"][:2]))
    text = ", ".join(parts)
    extra = []
    if reasons["hashtags"]:
        extra.append("share " + _list(f"#{tag}" for tag in reasons["hashtags"][:3]))
    if reasons["size_band"]:
        extra.append("are of the same size")
    if not text and not extra:
        return "Their captions are close in meaning."
    more = _list(extra)
    return f"{text}; both {more}." if text and more else f"{text}." if text else f"Both {more}."


def _list(words: Any) -> str:
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last
