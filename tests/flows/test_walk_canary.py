"""The walk's own canary: each kind of made-up number is found out, and named."""

import pytest

from apps.profiles.metrics import list_definitions

from . import accounts, walking

DEFINITIONS = {known.method: known.as_dict() for known in list_definitions()}
KEYS = {known["key"]: known for known in DEFINITIONS.values()}
HIDDEN = walking.count_inputs(accounts.INVENTED["likes of minus one"])
SHOWN = walking.count_inputs(accounts.INVENTED["twelve posts"])
SILENT = walking.count_inputs(accounts.INVENTED["no captions"])


def make_metric(key, value, *, size=12, of=12, kind="posts", **more):
    known = KEYS[key]
    empty = {"status": "unavailable", "confidence": "none", "reason": "Not known."}
    told = {"status": "computed", "confidence": "high"}
    return {
        "value": value,
        "unit": known["unit"],
        "as_of": "2026-11-22T00:00:00+00:00",
        "method": known["method"],
        "sample": {"size": size, "of": of, "kind": kind, "excluded": {}},
        **(empty if value is None else told),
        **more,
    }


def name_faults(known, **metrics):
    named = ((key.replace("__", "."), metric) for key, metric in metrics.items())
    return walking.find_faults(named, DEFINITIONS, known)


def test_what_can_be_supported_is_not_named():
    metrics = {
        "likes__median": make_metric("likes.median", 120.0),
        "views__median": make_metric("views.median", None, size=0),
        "followers_change__7d": make_metric("followers_change.7d", -5, size=2, of=2, kind="snapshots"),
    }

    assert name_faults({**SHOWN, "history": 1}, **metrics) == []


def test_a_made_up_number_in_a_report_is_named():
    fine = make_metric("comments.median", 7.0)

    assert name_faults(HIDDEN, comments__median=fine, likes__median=make_metric("likes.median", 5.0)) == [
        "likes.median: uses 12 posts where 0 have posts.likes"
    ]


@pytest.mark.parametrize(
    ("known", "metric", "fault"),
    [
        (HIDDEN, make_metric("likes.median", 0.0), "uses 12 posts where 0 have posts.likes"),
        (HIDDEN, make_metric("likes.median", 0.0, size=0), "rests on 0, at least 1 are needed"),
        (SHOWN, make_metric("likes.median", 5.0, size=13), "uses 13 of 12"),
        (SHOWN, make_metric("likes.median", 5.0, size=13, of=13), "13 posts where the payload has 12"),
        (SHOWN, make_metric("likes.median", -1.0), "-1.0 is no count"),
        (SHOWN, make_metric("likes.median", None, reason=""), "no reason"),
        (SHOWN, make_metric("likes.median", 5.0, status="unavailable"), "value 5.0 with status unavailable"),
        (SHOWN, make_metric("views.median", 5.0), "uses 12 posts where 0 have posts.views"),
        (SILENT, make_metric("content.sentiment.mean", 0.0), "uses 12 posts where 0 have posts.caption"),
        (SHOWN, make_metric("content.quality", 101.0), "101.0 is no points"),
        (SHOWN, make_metric("sponsored.share", 100.5), "100.5 is no percent"),
        (
            SHOWN,
            make_metric("comments.relevance", 50.0, size=11, of=40, kind="comments"),
            "11 comments where the payload has 0",
        ),
        (
            SHOWN,
            make_metric("content.categories", [{"label": "food", "share": 60.0, "n": 6}]),
            "the shares add up to 60.0",
        ),
        (
            SHOWN,
            make_metric("content.sentiment.shares", {"positive": 50.0, "neutral": 50.0, "negative": 1.0}),
            "the shares add up to 101.0",
        ),
        (
            HIDDEN,
            make_metric("hashtags", [{"tag": "x", "posts": 3, "share": 25.0, "engagement_rate": 1.0, "n": 3}]),
            "x: a rate without posts.likes",
        ),
        (
            SHOWN,
            make_metric("hashtags", [{"tag": "x", "posts": 3, "share": 25.0, "engagement_rate": 0.0, "n": 0}]),
            "x: a rate of 0.0 from 0 posts",
        ),
        (
            HIDDEN,
            make_metric(
                "authenticity.reasons",
                [{"code": "likes_even", "value": 0.0, "reason": "", "points": 0.0}],
                size=5,
                of=11,
                kind="checks",
            ),
            "likes_even: has a value without posts.likes",
        ),
        (
            HIDDEN,
            make_metric(
                "formats",
                [{"format": "photo", "posts": 12, "share": 100.0, "likes": {"mean": 0, "median": 0, "n": 12}}],
            ),
            "photo: likes of 12 posts",
        ),
    ],
)
def test_each_kind_of_unsupported_number_is_found_out(known, metric, fault):
    assert name_faults(known, it=metric) == [f"it: {fault}"]


def test_a_method_that_is_not_published_is_named():
    metric = {**make_metric("likes.median", 5.0), "method": "magic.v1"}

    assert name_faults(SHOWN, it=metric) == ["it: magic.v1 is not published"]
