"""Similar creators: who is found, what is said of them, and who is never shown."""

import math
from typing import Any

import pytest
from django.utils import timezone

from apps.analysis.models import ProfileAnalysis
from apps.analysis.selectors.similar import SPARE
from apps.profiles.metrics import find_size_tier
from apps.profiles.models import CreatorVector, Profile
from tests.discovery.creators import build_creator
from tests.flows import oracle

ROOT = "/api/v1/instagram/profile/maya/similar"
PAGE = "/t/first-team/creators/maya/similar/"


def at(degrees: float) -> list[float]:
    """A point so many degrees away from the first axis."""
    angle = math.radians(degrees)
    return [math.cos(angle), math.sin(angle)] + [0.0] * 382


def place(profile: Profile, degrees: float, **fields: Any) -> Profile:
    values = {"model": "m1", "text_hash": "", "texts": 24, "synthetic": profile.synthetic, "category": "food"}
    values["size"] = (find_size_tier(profile.followers) or [""])[0]
    CreatorVector.objects.create(profile=profile, vector=at(degrees), **{**values, "language": "en", **fields})
    return profile


def label(profile: Profile, categories: dict[str, float], languages: dict[str, float]) -> None:
    def rows(shares: dict[str, float]) -> list[dict[str, Any]]:
        return [{"label": name, "share": share, "n": 1} for name, share in shares.items()]

    sums = {"categories": rows(categories), "languages": rows(languages), "sentiment": {"mean": None, "n": 0}}
    ProfileAnalysis.objects.create(profile=profile, aggregates=sums, analysed_at=timezone.now())


@pytest.fixture
def maya(unlocked) -> Profile:
    return place(unlocked("maya"), 0)


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["profile"]["username"] for row in answer.json()["results"]]


def test_the_nearest_come_first_with_their_similarity_as_a_metric(client, maya):
    for name, degrees in (("far", 120), ("near", 10), ("middle", 60)):
        place(build_creator(name), degrees, texts=12)

    body = client.get(ROOT).json()

    assert [row["profile"]["username"] for row in body["results"]] == ["near", "middle", "far"]
    assert [row["similarity"]["value"] for row in body["results"]] == pytest.approx([0.985, 0.5, -0.5], abs=2e-3)
    metric = body["results"][0]["similarity"]
    assert (metric["status"], metric["method"], metric["unit"]) == ("estimated", "similar.texts.v1", "score")
    assert (metric["sample"]["size"], metric["confidence"]) == (12, "medium")
    assert [fault for _, one in oracle.list_metrics(body) if (fault := oracle.find_fault(one))] == []
    assert (body["available"], body["reason"], body["next"]) == (True, "", None)


def test_the_reason_is_what_both_have(client, maya):
    other = place(build_creator("other"), 10, language="en")
    label(maya, {"food": 60, "travel": 30, "pets": 9}, {"en": 80, "de": 20})
    label(other, {"travel": 50, "food": 12, "music": 38}, {"en": 95, "fr": 5})
    maya.posts.update(hashtags=["Pasta", "rome"])
    other.posts.update(hashtags=["pasta", "london"])

    reasons = client.get(ROOT).json()["results"][0]["reasons"]

    assert reasons == {
        "text": "Both post about Food & drink and Travel, in English; both share #pasta and are of the same size.",
        "categories": [{"code": "food", "name": "Food & drink"}, {"code": "travel", "name": "Travel"}],
        "languages": [{"code": "en", "name": "English"}],
        "hashtags": ["pasta"],
        "size_band": "micro",
    }


def test_with_nothing_in_common_it_says_only_that_captions_are_close(client, maya):
    place(build_creator("other", followers=2_000_000), 10)

    reasons = client.get(ROOT).json()["results"][0]["reasons"]

    assert (reasons["text"], reasons["size_band"]) == ("Their captions are close in meaning.", None)


def test_who_must_not_be_shown_is_not(client, maya):
    now = timezone.now()
    for name, fields in {
        "removed": {"suppressed_at": now},
        "private": {"is_private": True},
        "gone": {"unavailable_at": now},
        "renamed": {"handle_lost_at": now},
        "real": {"synthetic": False, "source": "apify"},
    }.items():
        place(build_creator(name, **fields), 1)
    place(build_creator("other.model"), 1, model="m2")
    place(build_creator("shown"), 50)

    assert names(client.get(ROOT)) == ["shown"]


def test_locked_creators_are_previews_and_unlocked_ones_are_marked(client, maya, unlocked):
    place(build_creator("locked", business_email="me@creator.example"), 5)
    place(unlocked("bought"), 10)

    answer = client.get(ROOT)

    assert [(row["profile"]["username"], row["unlocked"]) for row in answer.json()["results"]] == [
        ("locked", False),
        ("bought", True),
    ]
    assert "me@creator.example" not in answer.content.decode()
    assert set(answer.json()["results"][0]) == {"profile", "unlocked", "similarity", "reasons"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["a", "b", "c"]),
        ("?size=mega", ["c"]),
        ("?language=de", ["b"]),
        ("?category=travel", ["b", "c"]),
        ("?category=travel&size=micro", ["b"]),
        ("?size=nano", []),
        ("?page_size=1", ["a"]),
    ],
)
def test_filters(client, maya, query, found):
    place(build_creator("a"), 10)
    place(build_creator("b"), 20, language="de", category="travel")
    place(build_creator("c", followers=3_000_000), 30, category="travel")

    assert names(client.get(ROOT + query)) == found


def test_where_many_fit_the_index_is_asked_in_order(client, maya, monkeypatch):
    monkeypatch.setattr("apps.analysis.selectors.similar.MOST_COMPARED", 1)
    for name, degrees in (("far", 80), ("near", 10), ("other", 5)):
        place(build_creator(name), degrees, language="de" if name == "other" else "en")

    assert names(client.get(ROOT + "?language=en")) == ["near", "far"]


def test_many_who_must_not_be_shown_hide_nobody_who_may(client, maya):
    for number in range(SPARE + 15):
        place(build_creator(f"gone{number}", unavailable_at=timezone.now()), 5 + number / 10)
    place(build_creator("shown"), 50)

    assert names(client.get(ROOT + "?category=food&page_size=5")) == ["shown"]


@pytest.mark.parametrize("query", ["size=huge", "language=xx", "category=no", "page_size=0", "page_size=51"])
def test_a_filter_that_is_none_is_refused_before_the_creator_is_looked_for(client, query):
    assert client.get(f"/api/v1/instagram/profile/nobody/similar?{query}").status_code == 400


def test_without_a_place_it_is_unavailable_and_says_why(client, unlocked, settings):
    unlocked("maya")
    switched_off = client.get(ROOT).json()
    settings.ENABLE_AI_ANALYSIS = True

    few = client.get(ROOT).json()

    assert (switched_off["available"], switched_off["results"]) == (False, [])
    assert switched_off["reason"] == "Captions are not compared here: the engine that embeds them is switched off."
    assert few["reason"] == "Comparing needs at least 3 captions with words that have been read."


def test_only_who_has_the_report_may_ask(client, api, other_team):
    place(build_creator("maya"), 0)
    assert (client.get(ROOT).status_code, client.get(PAGE).status_code) == (402, 404)

    stranger = api(other_team.owner, team=other_team).get(ROOT)

    assert (stranger.status_code, stranger.json()["error"]["code"]) == (402, "profile.locked")


def test_six_queries_however_many_are_found(client, maya, django_assert_max_num_queries):
    for number in range(12):
        place(build_creator(f"other{number}"), number + 1)
    client.get(ROOT)

    with django_assert_max_num_queries(18):
        assert len(names(client.get(ROOT))) == 12
