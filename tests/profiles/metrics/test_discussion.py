"""Comments: their kinds, relevance, repetitions, and who writes them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.profiles.metrics import compute_metrics
from apps.profiles.metrics.wording import bare_text, kind_of

from .insight_facts import make_comment, make_discussion


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@anna @ben", "mention"), ("@anna 😂", "mention"), ("😍🔥", "emoji"), ("!!!", "emoji"),
        ("123", "emoji"), ("", "emoji"),
        ("Nice pic!! 🔥", "generic"), ("LOVE IT ❤️", "generic"), ("ما شاء الله", "generic"), ("Çok güzel", "generic"),
        ("好美", "generic"), ("wooooow", "generic"), ("so tasty", "short"), ("Recipe?", "short"),
        ("Where did you buy it", "substantive"), ("这个地方在哪里呀", "substantive"), ("मुझे यह बहुत पसंद", "substantive"),
        ("https://spam.example now", "short"),
    ],
)  # fmt: skip
def test_the_kind_of_a_comment(text, kind):
    assert kind_of(text) == kind


def test_the_bare_text_is_the_same_however_it_is_dressed():
    assert bare_text("Great CONTENT, @mara.lind!! 🔥🔥") == bare_text("great content") == "great content"
    assert bare_text("sooooo good") == bare_text("soooo good")


def test_by_hand():
    texts = (
        "where is this lake exactly", "I want to swim there too", "Great content my friend",
        "great content my friend!! 🔥", "nice pic", "😍", "@anna @ben", "lake!", "ok", "Sunday mood",
    )  # fmt: skip
    metrics = compute_metrics(make_discussion(*texts, of=40))

    shares = {row["kind"]: row["share"] for row in metrics["comments.kinds"].value}
    assert shares == {"mention": 10.0, "emoji": 10.0, "generic": 10.0, "short": 30.0, "substantive": 40.0}
    # Four say something, "lake!" and "Sunday mood" take up the caption.
    assert metrics["comments.relevance"].value == 60.0
    assert metrics["comments.relevance"].sample.as_dict()["of"] == 40
    assert metrics["comments.commenters"].value == 10
    # Six have two words or more, one of which repeats another.
    assert metrics["comments.duplicates"].reason == "Needs at least 10 comments; 6 of 40 can be used."


def test_repetitions_are_counted_and_shown():
    texts = ("Great content my friend",) * 5 + tuple(
        f"a remark of number {word}" for word in ["one", "two", "three", "four", "five"]
    )
    metrics = compute_metrics(make_discussion(*texts))

    assert metrics["comments.duplicates"].value == 40.0
    assert metrics["comments.repeated"].value == [
        {"text": "Great content my friend", "times": 5, "authors": 5, "posts": 1}
    ]


def test_the_creators_own_answers_do_not_count():
    own = [make_comment(n, "thank you so much", by_creator=True) for n in range(100, 120)]
    others = [make_comment(n, f"remark number {n} of many") for n in range(10)]
    metrics = compute_metrics(make_discussion(comments=(*own, *others)))

    assert metrics["comments.relevance"].sample.size == 10
    assert metrics["comments.relevance"].sample.as_dict()["excluded"] == {"by_creator": 20}


def test_five_accounts_that_write_everything():
    comments = [
        make_comment(n, f"remark number {n} of many", author=f"a{n % 5}" if n < 27 else f"b{n}") for n in range(30)
    ]
    metrics = compute_metrics(make_discussion(comments=tuple(comments)))

    assert metrics["comments.concentration"].value == 90.0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "No comments are known."),
        ({"of": 320}, "Only the number of comments is known (320): no source gave their text."),
        ({"is_private": True}, "The account is private: its comments are not public."),
    ],
)
def test_counts_alone_say_nothing(fields, reason):
    metrics = compute_metrics(make_discussion(**fields))

    assert {metric.reason for metric in metrics.values()} == {reason}
    assert {metric.value for metric in metrics.values()} == {None}


@given(st.lists(st.text(max_size=40), max_size=60))
@settings(max_examples=60, deadline=None)
def test_whatever_people_write(texts):
    metrics = compute_metrics(make_discussion(*texts))

    json.dumps([metric.as_dict() for metric in metrics.values()], allow_nan=False)
    for key in ("comments.relevance", "comments.duplicates", "comments.concentration"):
        assert metrics[key].value is None or 0 <= metrics[key].value <= 100
    rows = metrics["comments.kinds"].value
    assert rows is None or sum(row["comments"] for row in rows) == len(texts)
