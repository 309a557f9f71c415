"""What the heads are taught from, and how their weights are stored."""

from collections import Counter

import numpy as np

from apps.analysis.engines.local.heads import quantise
from apps.analysis.taxonomy import list_categories
from apps.analysis.training import data
from tests.support.demanding import demand_data


def test_every_category_has_examples_in_several_languages():
    counts = Counter(example.label for example in data.read_examples())

    assert set(counts) == {category.code for category in list_categories()}
    assert min(counts.values()) >= 12


def test_the_same_text_is_known_again_whatever_its_people_links_and_case():
    first = data.LabelledText("Great day @anna! https://t.co/x #Sun", "positive")
    second = data.LabelledText("great day @user http #sun", "neutral")

    assert first.key == second.key == "greatdaysun"


def test_weights_lose_less_than_a_step():
    rows = np.array([[0.5, -1.27, 0.01], [0.0, 0.0, 0.0]])
    stored = quantise("rows", rows)

    back = stored["rows"] * stored["rows_steps"][:, None]
    assert stored["rows"].dtype == np.int8
    assert np.abs(back - rows).max() <= 1.27 / 127 / 2 + 1e-9


def test_research_only_data_is_not_read():
    assert not any("instagram" in name for name in (data.SENTIMENT_TRAIN, data.SENTIMENT_TEST, *data.TOPICS))


def test_tweets_of_one_topic_become_lessons():
    datasets = demand_data("datasets")

    lessons = data.read_topics(datasets)

    assert len(lessons) > 100
    assert {lesson.label for lesson in lessons} <= {category.code for category in list_categories()}
    assert {lesson.language for lesson in lessons} == {"en", "es"}
