"""The taxonomy is whole, and other label sets map onto it."""

import re

import pytest

from apps.analysis.languages import LANGUAGES
from apps.analysis.taxonomy import (
    category_label,
    find_category,
    list_categories,
    map_author_category,
    map_instagram_category,
    map_tweet_topic,
)

TOPICS = [
    "arts_&_culture",
    "business_&_entrepreneurs",
    "celebrity_&_pop_culture",
    "diaries_&_daily_life",
    "family",
    "fashion_&_style",
    "film_tv_&_video",
    "fitness_&_health",
    "food_&_dining",
    "gaming",
    "learning_&_educational",
    "music",
    "news_&_social_concern",
    "other_hobbies",
    "relationships",
    "science_&_technology",
    "sports",
    "travel_&_adventure",
    "youth_&_student_life",
]
AUTHORS = {
    "beauty": "beauty",
    "family": "family",
    "fashion": "fashion",
    "fitness": "fitness",
    "food": "food",
    "interior": "home",
    "pet": "pets",
    "travel": "travel",
    "other": None,
}


def test_there_are_enough_categories_each_complete():
    categories = list_categories()

    assert len(categories) >= 20
    assert len({category.code for category in categories}) == len(categories)
    for category in categories:
        assert re.fullmatch(r"[a-z]+", category.code)
        assert category.label
        assert category.description
        assert set(category.keywords) == set(LANGUAGES)
        assert all(category.keywords.values())


def test_all_nineteen_topics_map_to_exactly_one_category():
    mapped = [topic for category in list_categories() for topic in category.tweet_topics]

    assert sorted(mapped) == sorted(TOPICS)
    assert all(map_tweet_topic(topic) for topic in TOPICS)
    assert map_tweet_topic("unheard_of") is None


@pytest.mark.parametrize(("name", "code"), AUTHORS.items())
def test_author_categories_map(name, code):
    assert map_author_category(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Restaurant", "food"),
        ("  MUSICIAN/BAND ", "music"),
        ("Photographer", "art"),
        ("Pet service", "pets"),
        ("Digital creator", None),
        ("Public figure", None),
        ("", None),
    ],
)
def test_instagrams_own_names_map(name, code):
    assert map_instagram_category(name) == code


def test_an_instagram_name_means_one_category():
    names = [name for category in list_categories() for name in category.instagram]

    assert len(names) == len(set(names))
    assert all(name == name.casefold() for name in names)


def test_labels_for_people():
    assert category_label("food") == "Food & drink"
    assert category_label(None) == "Unclear"
    assert category_label("gone") == "Unclear"
    assert find_category("gone") is None
