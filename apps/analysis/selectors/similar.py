"""Creators that write about the same: the nearest places, by an index that is asked in order."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet, Value
from pgvector.django import MaxInnerProduct

from apps.analysis.models import ProfileAnalysis
from apps.analysis.similarity import MOST_TEXTS, PairFacts
from apps.analysis.text import has_letters, normalise_text, shorten
from apps.profiles.metrics import Metric, compute_metric
from apps.profiles.models import CreatorVector, Post, Profile

BIOGRAPHY_WEIGHT = 3.0
FULL_LENGTH = 80
# How many places the index looks at beside its way: more find more of the true neighbours and take longer (bench).
EF_SEARCH = 100
# With filters it goes on until enough fit, or until it has seen so many.
MOST_SCANNED = 20_000
# Where no more than these fit, all are compared: the index, passing over whole topics, would find a quarter of them.
MOST_COMPARED = 12_000
# So many more than asked for are compared, for those that must not be shown.
SPARE = 40
_PREPARE = f"""
SELECT set_config('hnsw.ef_search', '{EF_SEARCH}', true), set_config('hnsw.iterative_scan', 'relaxed_order', true),
       set_config('hnsw.max_scan_tuples', '{MOST_SCANNED}', true)
"""


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

    Suppressed, private, vanished and renamed-away ones are left out. Three queries, with filters five at most. Of the
    true ten at least nine and a half are found, on average (bench/similar.py).
    """
    look = _compare if wanted != Wanted() and _are_few(wanted) else _scan
    nearest = look(_narrow(place, wanted), place, limit=limit)
    rows = CreatorVector.objects.filter(pk__in=nearest).select_related("profile__avatar").defer("vector")
    found = sorted(rows, key=lambda row: nearest[row.pk])
    return [Neighbour(row.profile, _measure(place, row, cosine=-nearest[row.pk])) for row in found]


def _narrow(place: CreatorVector, wanted: Wanted) -> QuerySet[CreatorVector]:
    near = CreatorVector.objects.filter(synthetic=place.synthetic, model=place.model, **_conditions(wanted))
    return near.exclude(pk=place.pk)


def _conditions(wanted: Wanted) -> dict[str, str]:
    return {name: value for name, value in asdict(wanted).items() if value}


def _are_few(wanted: Wanted) -> bool:
    fitting = CreatorVector.objects.filter(**_conditions(wanted)).order_by()
    return fitting.values("pk")[: MOST_COMPARED + 1].count() <= MOST_COMPARED


def _scan(near: QuerySet[CreatorVector], place: CreatorVector, *, limit: int) -> dict[int, float]:
    """`{id: distance}` of the first that fit, by the index."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PREPARE)
        measured = _hide(near).annotate(distance=MaxInnerProduct("vector", place.vector))
        return dict(measured.order_by("distance").values_list("pk", "distance")[:limit])


def _compare(near: QuerySet[CreatorVector], place: CreatorVector, *, limit: int) -> dict[int, float]:
    """The same by comparing all that fit, from which the index must be kept.

    Ids alone, since what is sorted is carried along: whole creators would make it several times as slow.
    """
    measured = near.annotate(distance=MaxInnerProduct("vector", place.vector))
    exact = measured.order_by(F("distance") + Value(0.0)).values_list("pk", "distance")
    nearest = list(exact[: limit + SPARE])
    shown = set(_hide(CreatorVector.objects.filter(pk__in=[pk for pk, _ in nearest])).values_list("pk", flat=True))
    if len(shown) < limit <= len(nearest) - SPARE:
        return dict(_hide(exact)[:limit])
    return dict([row for row in nearest if row[0] in shown][:limit])


def _hide(near: QuerySet[CreatorVector, Any]) -> QuerySet[CreatorVector, Any]:
    """Without those that must not be shown."""
    return near.filter(
        profile__suppressed_at=None,
        profile__unavailable_at=None,
        profile__handle_lost_at=None,
        profile__is_private=False,
    )


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
