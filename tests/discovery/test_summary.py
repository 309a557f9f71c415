"""A creator in words: what is said of which numbers, and that nothing is said of what is not known."""

import pytest

from apps.discovery.selectors.reports import build_report
from apps.discovery.selectors.reports.summary import Facts, summarise
from tests.browser.scenes import add_talk
from tests.browser.scenes import build_creator as build_full_creator
from tests.flows import sentences

ROOT = "/api/v1/instagram/profile"


def metric(value, *, size=40, method="m.v1", reason=""):
    return {
        "value": value,
        "method": method,
        "status": "unavailable" if value is None else "computed",
        "confidence": "none" if value is None else "high",
        "sample": {"size": size},
        "reason": reason,
    }


def post(code, rate=None, *, day="2026-11-02", category=None, hidden=False):
    return {
        "shortcode": code,
        "type": "reel",
        "taken_at": f"{day}T10:00:00+00:00",
        "likes_hidden": hidden,
        "analysis": {"category": {"label": category}},
        "engagement_rate": metric(rate, method="post.er.followers.v1"),
    }


def say(posts=(), **values):
    """The sentences by code, for metrics whose keys are written with `__` for a dot."""
    metrics = {
        key.replace("__", "."): value if isinstance(value, dict) and "sample" in value else metric(value)
        for key, value in values.items()
    }
    said = summarise(Facts(metrics=metrics, posts=list(posts)))
    shortcodes = {one["shortcode"] for one in posts} | {"P1", "P2"}
    faults = [fault for one in said for fault in sentences.find_claim_faults(one, metrics, shortcodes)]
    assert faults == []
    return {one["code"]: one["text"] for one in said}


def test_nothing_is_said_of_nothing():
    assert say() == {}
    assert say(followers=None, engagement_rate__followers__median=None) == {}


def test_every_sentence_as_it_is_written():
    posts = [
        *(post(f"C{n}", 1.0 + n, category="travel") for n in range(5)),
        post("Best", 8.217, day="2026-10-31"),
        post("Hidden", hidden=True),
    ]
    said = say(
        posts,
        followers=284_120,
        followers_growth__90d=-3.24,
        followers_growth__30d=None,
        content__categories=[{"label": "food", "share": 41.6667, "n": 5}, {"label": "travel", "share": 25.0}],
        content__languages=[{"label": "en", "share": 90.0}, {"label": "ar", "share": 9.9}],
        engagement_rate__followers__median=3.4159,
        engagement_rate__peers__percentile=metric(72.5, size=1_204),
        posts_per_week=2.333,
        days_since_last_post=2.0,
        formats=[
            {"format": "photo", "likes": {"median": 5_000.0, "n": 9}},
            {"format": "reel", "likes": {"median": 12_340.0, "n": 6}},
        ],
        content__sentiment__shares={"positive": 61.2, "neutral": 30.0, "negative": 8.8},
        audience__countries=[{"label": "SA", "share": 34.2}, {"label": "PT", "share": 20.1}],
        comments__sentiment__shares={"positive": 20.0, "neutral": 70.5, "negative": 9.5},
        authenticity__score=82.4,
        authenticity__reasons=[
            {"label": "Followers jumped", "points": 12.5, "evidence": {}},
            {"label": "Few", "points": 0, "evidence": {}},
        ],
        sponsored__share=metric(6.0, size=50),
        sponsored__performance=80.24,
        sponsored__terms=[{"term": "#ad", "posts": 2, "shortcodes": ["P1", "P2"]}],
        safety__flagged__share=metric(4.1667, size=48),
        safety__categories=[{"label": "Alcohol", "posts": 2, "shortcodes": ["P1", "P2"]}],
        hidden_likes_share=11.0,
    )  # fmt: skip

    assert said == {
        "size": "With 284,120 followers it is a macro creator.",
        "growth": "It lost 3.24% of its followers over 90 days.",
        "topics": "Of the posts with a clear topic 41.7% are about food & drink and 25% about travel.",
        "languages": "Its captions are in English (90%).",
        "engagement": "A usual post draws likes and comments of 3.42% of the followers, more than 72.5% of 1,204 "
        "accounts of its size.",
        "rhythm": "It posts 2.3 times a week.",
        "formats": "Reels do best: 12.3K likes in the median, photos 5,000.",
        "best_post": "The reel of 31 Oct 2026 did best among the latest: 8.22% of the followers took part.",
        "tone": "61.2% of the captions that were read sound positive.",
        "audience": "Of 40 people whose comments tell, the largest groups are probably from Saudi Arabia (34.2%) and "
        "Portugal (20.1%).",
        "comments": "70.5% of the comments that were read sound neutral.",
        "authenticity": "Its authenticity score is 82.4 of 100; signs against it: “followers jumped” (−12.5 points).",
        "paid": "6% of its 50 latest posts are disclosed as paid; these draw 80.2% of the engagement of the others.",
        "safety": "4.17% of its captions have words that a brand may mind: alcohol (2 posts).",
        "hidden_likes": "11% of the posts hide their likes; these are left out of every rate, never counted as zero.",
    }


TURNED = "Its growth has turned: gained 3.2% of its followers over 90 days, but lost 1% of its followers over 30 days."


@pytest.mark.parametrize(
    ("quarter", "month", "text"),
    [
        (4.2, 1.5, "It gained 4.2% of its followers over 90 days."),
        (0.4, -1.5, "It lost 1.5% of its followers over 30 days."),
        (3.2, -1.0, TURNED),
        (0.4, 0.2, None),
    ],
)  # fmt: skip
def test_growth_is_told_when_it_is_telling(quarter, month, text):
    assert say(followers_growth__90d=quarter, followers_growth__30d=month).get("growth") == text


def test_too_small_a_sample_is_not_spoken_of():
    few = {"content__categories": metric([{"label": "travel", "share": 100.0}], size=4),
           "content__sentiment__shares": metric({"positive": 100.0, "neutral": 0.0, "negative": 0.0}, size=4),
           "comments__sentiment__shares": metric({"positive": 100.0, "neutral": 0.0, "negative": 0.0}, size=19),
           "engagement_rate__followers__median": metric(3.0, size=4), "safety__flagged__share": metric(0.0, size=4),
           "sponsored__share": metric(25.0, size=4), "hidden_likes_share": metric(25.0, size=4)}  # fmt: skip

    assert say([post("A", 3.0), post("B", 4.0)], **few) == {}


def test_what_is_mixed_is_not_called_by_one_name():
    mixed = {"positive": 40.0, "neutral": 35.0, "negative": 25.0}
    alike = [
        {"format": kind, "likes": {"median": likes, "n": 5}} for kind, likes in (("reel", 110.0), ("photo", 100.0))
    ]

    assert say(content__sentiment__shares=mixed, formats=alike) == {}


def test_a_number_that_its_sentence_does_not_rest_on_is_seen():
    known = {"followers": metric(1_000)}
    told = summarise(Facts(metrics=known, posts=[]))[0]

    assert list(sentences.find_claim_faults(told, known, set())) == []
    assert list(sentences.find_claim_faults({**told, "text": "With 1,001 followers."}, known, set())) != []
    assert list(sentences.find_claim_faults(told, {"followers": metric(999)}, set())) != []
    assert list(sentences.find_claim_faults({**told, "rests_on": []}, known, set())) != []


def test_the_report_of_the_api_tells_it(client, unlocked):
    unlocked(posts=6)

    summary = client.get(f"{ROOT}/maya").json()["summary"]

    assert summary[0] == {
        "code": "size",
        "text": "With 10,000 followers it is a micro creator.",
        "rests_on": [
            {
                "kind": "metric", "key": "followers", "method": "account.followers.v1", "status": "observed",
                "confidence": "high", "sample": 1, "path": "", "number": 10_000,
            },
        ],
    }  # fmt: skip
    assert [one["code"] for one in summary] == ["size", "engagement", "rhythm", "best_post", "safety"]


def test_a_full_creator_is_told_of_from_what_is_stored(in_team):
    profile = build_full_creator("maro.sample")
    add_talk(profile)

    report = build_report(profile)

    codes = {one["code"] for one in report["summary"]}
    assert {"size", "growth", "engagement", "audience", "safety", "hidden_likes", "paid"} <= codes
    assert all(one["rests_on"] for one in report["summary"])
