"""Placing creators by what they write: which texts count, and that topics tell more than languages."""

import numpy as np
import pytest

from apps.analysis.selectors import Wanted, list_neighbours, list_place_texts
from apps.analysis.services import submit_profile_analysis
from apps.analysis.services.placing import place_creator
from apps.jobs.services import run_job
from apps.profiles.models import CreatorVector, Profile

COOKS_EN = ("Fresh pasta with basil and tomato", "My sourdough bread recipe", "Roasted carrots for dinner tonight")
COOKS_DE = ("Frische Nudeln mit Basilikum", "Mein Rezept für Sauerteigbrot", "Heute Abend gibt es Suppe")
GAMES_EN = ("Finally beat the last boss", "New console unboxing stream tonight", "Ranked match with my squad")


@pytest.fixture
def local(settings):
    settings.AI_ENGINES = ["local"]


def test_the_biography_and_each_caption_once_and_nothing_without_words(make_creator):
    profile = make_creator("😂😂", "Hello there", "Hello there", "", "x" * 200)
    profile.biography = "Cook and baker"

    texts = list_place_texts(profile)

    assert [(text.text, text.weight) for text in texts] == [
        ("Cook and baker", 3.0),
        ("x" * 200, 1.0),
        ("Hello there", len("Hello there") / 80),
    ]


def test_creators_of_one_topic_are_nearer_than_those_of_one_language(local, make_creator):
    places = {
        name: place_creator(profile_id=make_creator(*captions, username=name).pk)
        for name, captions in {"cook": COOKS_EN, "koch": COOKS_DE, "gamer": GAMES_EN}.items()
    }

    near = list_neighbours(places["cook"], Wanted(), limit=5)

    assert [one.profile.username for one in near] == ["koch", "gamer"]
    assert near[0].similarity.value > near[1].similarity.value + 0.2
    assert np.linalg.norm(CreatorVector.objects.get(pk=places["cook"].pk).vector) == pytest.approx(1, abs=0.01)


def test_placed_again_only_when_the_texts_changed(local, make_creator):
    profile = make_creator(*COOKS_EN)
    first = place_creator(profile_id=profile.pk)

    assert place_creator(profile_id=profile.pk).made_at == first.made_at

    profile.posts.filter(caption=COOKS_EN[0]).update(caption=GAMES_EN[0])
    moved = place_creator(profile_id=profile.pk)
    assert moved.made_at > first.made_at
    assert moved.text_hash != first.text_hash
    assert (moved.texts, moved.synthetic) == (3, True)


def test_with_too_few_texts_no_place_is_kept(local, make_creator):
    profile = make_creator(*COOKS_EN)
    place_creator(profile_id=profile.pk)
    profile.posts.first().delete()

    assert place_creator(profile_id=profile.pk) is None
    assert not CreatorVector.objects.exists()


def test_an_analysis_places_the_creator_with_its_labels(local, make_creator):
    profile = make_creator(*COOKS_EN)

    run_job(submit_profile_analysis(profile_id=profile.pk).pk)

    place = CreatorVector.objects.get()
    assert (place.category, place.language, place.texts) == ("food", "en", 3)
    assert place.size == ""
    assert place.model.endswith("/similar.texts.v1")


def test_a_creator_that_grew_is_in_its_new_tier(local, make_creator):
    profile = make_creator(*COOKS_EN)
    first = place_creator(profile_id=profile.pk)
    Profile.objects.filter(pk=profile.pk).update(followers=2_000_000)

    grown = place_creator(profile_id=profile.pk)

    assert (CreatorVector.objects.get().size, grown.made_at) == ("mega", first.made_at)


def test_a_chain_without_the_embedding_places_nobody(install, make_creator):
    install()

    assert place_creator(profile_id=make_creator(*COOKS_EN).pk) is None
