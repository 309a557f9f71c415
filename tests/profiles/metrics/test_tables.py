"""Formats, hashtags, mentions and hours, row by row."""

from datetime import timedelta

from apps.profiles.metrics import compute_metrics

from .facts import NOW, make_facts, make_post


def test_formats_carry_their_own_averages_and_samples():
    facts = make_facts(
        make_post(1, type="reel", likes=100, comments=4, views=1_000, plays=1_500),
        make_post(2, type="reel", likes=None, likes_hidden=True, comments=8, views=None),
        make_post(3, type="photo", likes=30, comments=None),
    )

    assert compute_metrics(facts)["formats"].value == [
        {
            "format": "reel",
            "posts": 2,
            "share": 66.6667,
            "likes": {"mean": 100.0, "median": 100.0, "n": 1},
            "comments": {"mean": 6.0, "median": 6.0, "n": 2},
            "views": {"mean": 1000.0, "median": 1000.0, "n": 1},
            "plays": {"mean": 1500.0, "median": 1500.0, "n": 1},
        },
        {
            "format": "photo",
            "posts": 1,
            "share": 33.3333,
            "likes": {"mean": 30.0, "median": 30.0, "n": 1},
            "comments": {"mean": None, "median": None, "n": 0},
            "views": {"mean": None, "median": None, "n": 0},
            "plays": {"mean": None, "median": None, "n": 0},
        },
    ]


def test_scalar_averages():
    metrics = compute_metrics(
        make_facts(make_post(1, likes=10, views=7), make_post(2, likes=11), make_post(3, likes=60))
    )

    assert metrics["likes.mean"].value == 27.0
    assert metrics["likes.median"].value == 11.0
    assert metrics["views.mean"].value == 7.0
    assert metrics["plays.mean"].reason == "Play counts are unknown on all 3 latest posts."


def test_hashtags_have_their_own_engagement():
    facts = make_facts(
        make_post(1, hashtags=("Travel", "travel", "Sunset"), likes=190, comments=10),
        make_post(2, hashtags=("travel",), likes=390, comments=10),
        make_post(3, hashtags=("sunset",), likes=None, likes_hidden=True),
        make_post(4, hashtags=("quiet",), likes=None, likes_hidden=True),
    )

    assert compute_metrics(facts)["hashtags"].value == [
        {"tag": "sunset", "posts": 2, "share": 50.0, "engagement_rate": 2.0, "n": 1},
        {"tag": "travel", "posts": 2, "share": 50.0, "engagement_rate": 3.0, "n": 2},
        {"tag": "quiet", "posts": 1, "share": 25.0, "engagement_rate": None, "n": 0},
    ]


def test_mentions_leave_out_the_creator():
    facts = make_facts(make_post(1, mentions=("@Brand.Co", "mara.lind")), followers=None)

    assert compute_metrics(facts)["mentions"].value == [
        {"username": "brand.co", "posts": 1, "share": 100.0, "engagement_rate": None, "n": 0}
    ]


def test_no_hashtags_is_an_empty_table_not_a_missing_one():
    assert compute_metrics(make_facts(make_post(1)))["hashtags"].value == []


def _at(day: int, hour: int, number: int, **counts):
    monday = NOW.replace(hour=hour, minute=0) - timedelta(days=NOW.weekday() + 7 * (day + 1))
    return make_post(number, taken_at=monday, **counts)


def test_best_hours_score_against_the_creators_own_mean():
    # 12 Mondays at 9:00 with e^2 - 1 engagements and 12 at 18:00 with none: log values 2 and 0, mean 1, sigma 1.
    posts = [_at(n, 9, n, likes=6, comments=0) for n in range(12)]
    posts += [_at(n, 18, 100 + n, likes=0, comments=0) for n in range(12)]
    metric = compute_metrics(make_facts(*posts))["best_hours"]

    assert metric.value == {
        "time_zone": "UTC",
        "best": [9],
        "by_hour": [{"hour": 9, "posts": 12, "score": 1.0}, {"hour": 18, "posts": 12, "score": -1.0}],
        "by_weekday": [{"weekday": 0, "posts": 24, "score": 0.0}],
        "cells": [
            {"weekday": 0, "hour": 9, "posts": 12, "score": 1.0},
            {"weekday": 0, "hour": 18, "posts": 12, "score": -1.0},
        ],
    }


def test_posting_more_often_at_an_hour_does_not_make_it_better():
    posts = [_at(n, 9, n, likes=10, comments=0) for n in range(40)]
    posts += [_at(n, 18, 100 + n, likes=1_000, comments=0) for n in range(4)]
    posts += [_at(n, 21, 200 + n, likes=9_000, comments=0) for n in range(2)]

    value = compute_metrics(make_facts(*posts))["best_hours"].value
    assert value["best"] == [18]
    assert value["by_hour"][-1] == {"hour": 21, "posts": 2, "score": None}


def test_best_hours_need_enough_settled_and_different_posts():
    few = make_facts(*(make_post(n, likes=n) for n in range(1, 24)))
    same = make_facts(*(make_post(n) for n in range(1, 30)))

    assert compute_metrics(few)["best_hours"].reason.startswith("Needs at least 24 posts")
    assert compute_metrics(same)["best_hours"].reason == "All posts have the same engagement."
