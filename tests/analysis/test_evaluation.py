"""Scores by hand, and the command that prints them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.analysis.evaluation.scoring import score_accuracy, score_by, score_macro_f1, score_macro_recall
from apps.analysis.evaluation.sets import SETS, is_for_tuning
from apps.analysis.evaluation.shortlist import choose_size

GOLD = ["a", "a", "a", "b", "b", "c"]
SAID = ["a", "a", "b", "b", "a", None]


def test_accuracy_takes_silence_for_wrong():
    assert score_accuracy(GOLD, SAID) == pytest.approx(3 / 6)


def test_macro_recall_is_the_mean_of_what_was_found_of_each_label():
    assert score_macro_recall(GOLD, SAID) == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)


def test_macro_f1_is_the_mean_of_each_labels_f1():
    # a: 2 hits of 3 gold and 3 said; b: 1 of 2 and 2; c: none.
    assert score_macro_f1(GOLD, SAID) == pytest.approx((4 / 6 + 2 / 4 + 0) / 3)


def test_groups_are_scored_by_themselves():
    assert score_by(["x", "x", "y", "y", "y", "y"], GOLD, SAID, score=score_accuracy) == {"x": 1.0, "y": 0.25}


# Authors of the half that nothing was chosen by; "eve" is of the other.
HELD_BACK, SECOND = "cy", "dee"


def write(folder, name, *rows):
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def data(tmp_path):
    moods = [{"text": "I love it, wonderful 😍", "label": "positive", "lang": "en"}] * 3
    write(tmp_path, "sentiment_8lang_xlmt.jsonl", *moods, {"text": "schrecklich 😡", "label": "negative", "lang": "de"})
    write(tmp_path, "sentiment_en_tweeteval_val.jsonl", moods[0])
    language = {"text": "Das ist ein schönes Wochenende mit der ganzen Familie", "lang": "de"}
    write(tmp_path, "language_id_20lang.jsonl", {**language, "gold": True}, {**language, "lang": "en", "gold": False})
    write(tmp_path, "tweet_topic_en.jsonl", {"id": 1, "text": "What a football match", "sports": 1.0})
    write(tmp_path, "tweet_topic_es.jsonl")
    caption = {"caption": "My pasta recipe with tomatoes #foodie", "category": "food", "username": "eve"}
    rows = [caption, {"caption": " ", "category": "food"}, {**caption, "category": "other", "username": "bo"}]
    drive = {"caption": "My new car", "category": "food", "username": HELD_BACK}
    rows += [{**caption, "username": HELD_BACK}, drive, {**caption, "category": "travel", "username": SECOND}]
    write(tmp_path, "instagram_posts_by_author_category.jsonl", *rows)
    return tmp_path


def test_the_command_scores_each_engine_and_leaves_out_what_it_was_taught_with(data):
    out = StringIO()

    call_command("evaluate_engines", data=data, engine=["rules"], dry_run=True, stdout=out)

    text = out.getvalue()
    assert "sentiment, 8 languages: macro F1 on 4 texts\n  rules          1.000" in text
    assert "language, 20 languages: accuracy on 1 texts\n  rules          1.000" in text
    assert "category, captions by author: accuracy on 4 texts\n  rules          0.500" in text
    assert "category of authors, held back: accuracy on 3 texts\n  rules          0.500" in text
    assert "among its labels 0.500" in text
    assert "de 1.00  en 1.00" in text


def test_half_of_the_authors_are_held_back():
    assert [is_for_tuning(name) for name in ("eve", HELD_BACK, SECOND)] == [True, False, False]
    assert 900 < sum(is_for_tuning(f"creator_{number}") for number in range(2000)) < 1100


def test_an_engine_is_not_scored_on_its_own_lessons():
    assert {one.name for one in SETS if "local" in one.taught} == {
        "sentiment, English",
        "category, tweets of one topic",
    }


def test_the_size_of_the_shortlist_is_the_smallest_that_finds_enough():
    recall = {"1": 0.5, "4": 0.79, "5": 0.8, "12": 0.9}

    assert choose_size(recall, 0.8) == 5
    with pytest.raises(ValueError, match="empty"):
        choose_size(recall, 0.95)


def test_without_data_sets_it_says_so(tmp_path):
    with pytest.raises(CommandError, match="No data sets"):
        call_command("evaluate_engines", data=tmp_path)
