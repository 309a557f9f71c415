"""Creators that write about the same: the nearest places, by an index that is asked in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet, Value
from pgvector.django import MaxInnerProduct

from apps.analysis.models import ProfileAnalysis
from apps.analysis.similarity import MOST_TEXTS, PairFacts
from apps.analysis.text import has_letters, normalise_text, shorten
from apps.profiles.metrics import SIZE_TIERS, Metric, compute_metric
from apps.profiles.models import CreatorVector, Post, Profile

BIOGRAPHY_WEIGHT = 3.0
FULL_LENGTH = 80
# How many places the index looks at beside its way: more find more of the true neighbours and take longer (bench).
EF_SEARCH = 100
# With filters it goes on until enough fit, or until it has seen so many.
MOST_SCANNED = 20_000
# Where no more than these fit, all are compared: the index, passing over whole topics, would find a quarter of them.
MOST_COMPARED = 12_000
_SETTINGS = {
    "hnsw.ef_search": EF_SEARCH,
    "hnsw.iterative_scan": "relaxed_order",
    "hnsw.max_scan_tuples": MOST_SCANNED,
}


@dataclass(frozen=True, slots=True)
class WeighedText:
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What neighbours are narrowed to; an empty value asks nothing."""

    size: str = ""
    language: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A creator near another, with how near."""

    profile: Profile
    similarity: Metric


def list_place_texts(profile: Profile) -> list[WeighedText]:
    """The texts that place a creator: biography and newest captions, each once, none without words."""
    captions = Post.objects.filter(profile=profile, missing_since=None).exclude(caption="")
    newest = captions.order_by(F("taken_at").desc(nulls_last=True), "-id").values_list("caption", flat=True)
    weighed: dict[str, WeighedText] = {}
    biography = _shorten(profile.biography)
    if has_letters(biography):
        weighed[biography] = WeighedText(biography, BIOGRAPHY_WEIGHT)
    for caption in map(_shorten, newest[: 2 * MOST_TEXTS]):
        if has_letters(caption) and len(weighed) <= MOST_TEXTS:
            weighed.setdefault(caption, WeighedText(caption, min(1.0, len(caption) / FULL_LENGTH)))
    return list(weighed.values())


def find_place(profile: Profile) -> CreatorVector | None:
    """Where a creator is among the others; None where it was not placed."""
    return CreatorVector.objects.filter(profile=profile).first()


def list_neighbours(place: CreatorVector, wanted: Wanted, *, limit: int) -> list[Neighbour]:
    """The creators nearest to a place, nearest first, at most `limit`: placed by the same model, of the same kind.

    Suppressed, private, vanished and renamed-away ones are left out. Three queries, with filters four. Of the true ten
    at least nine and a half are found, on average (bench/similar.py).
    """
    near = _narrow(place, wanted)
    with transaction.atomic():
        _prepare_scan()
        nearest = dict(_order(near, place, exactly=wanted != Wanted() and _are_few(near))[:limit])
    rows = CreatorVector.objects.filter(pk__in=nearest).select_related("profile__avatar")
    found = sorted(rows, key=lambda row: nearest[row.pk])
    return [Neighbour(row.profile, _measure(place, row, cosine=-nearest[row.pk])) for row in found]


def _narrow(place: CreatorVector, wanted: Wanted) -> QuerySet[CreatorVector]:
    near = CreatorVector.objects.filter(
        synthetic=place.synthetic,
        model=place.model,
        profile__suppressed_at=None,
        profile__unavailable_at=None,
        profile__handle_lost_at=None,
        profile__is_private=False,
    ).exclude(pk=place.pk)
    for name in ("language", "category"):
        if value := getattr(wanted, name):
            near = near.filter(**{name: value})
    if wanted.size:
        _code, low, high = next(tier for tier in SIZE_TIERS if tier[0] == wanted.size)
        near = near.filter(profile__followers__gte=low)
        near = near.filter(profile__followers__lt=high) if high is not None else near
    return near


def _are_few(near: QuerySet[CreatorVector]) -> bool:
    return near.order_by().values("pk")[: MOST_COMPARED + 1].count() <= MOST_COMPARED


def _order(near: QuerySet[CreatorVector], place: CreatorVector, *, exactly: bool) -> QuerySet[CreatorVector, Any]:
    """(id, distance), nearest first: `exactly` by comparing all, which the index must be kept from; else by the index.

    Ids alone, since what is sorted is carried along: whole creators would make it several times as slow.
    """
    measured = near.annotate(distance=MaxInnerProduct("vector", place.vector))
    ordered = measured.order_by(F("distance") + Value(0.0)) if exactly else measured.order_by("distance")
    return ordered.values_list("pk", "distance")


def _prepare_scan() -> None:
    with connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(value)])


def _measure(place: CreatorVector, other: CreatorVector, *, cosine: float) -> Metric:
    facts = PairFacts(
        cosine=cosine,
        texts=min(place.texts, other.texts),
        model=place.model,
        as_of=min(place.made_at, other.made_at),
    )
    return compute_metric("similarity", facts)


def list_main_labels(profile_ids: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """`{profile id: {categories, languages}}`: what at least a tenth of a creator's posts is about or written in."""
    rows = ProfileAnalysis.objects.filter(profile_id__in=list(profile_ids)).values_list("profile_id", "aggregates")
    return {
        profile_id: {
            kind: [row["label"] for row in sums[kind] if row["label"] not in {"und", ""} and row["share"] >= 10]
            for kind in ("categories", "languages")
        }
        for profile_id, sums in rows
    }


def list_main_hashtags(profile_ids: Iterable[int]) -> dict[int, list[str]]:
    """`{profile id: hashtags}` of the posts still shown, most used first. One query."""
    ids = list(profile_ids)
    sql = """
        SELECT post.profile_id, lower(tag), count(*)
          FROM profiles_post post, jsonb_array_elements_text(post.hashtags) tag
         WHERE post.profile_id = ANY(%s) AND post.missing_since IS NULL
         GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids])
        found: dict[int, list[str]] = {profile_id: [] for profile_id in ids}
        for profile_id, tag, _number in cursor.fetchall():
            found[profile_id].append(tag)
    return found


def _shorten(text: str) -> str:
    return shorten(normalise_text(text))
