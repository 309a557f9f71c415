"""The sums over labelled posts against values worked out by hand."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.analysis.metrics import ContentFacts, LabelledPost, summarise
from apps.profiles.metrics import Confidence, Status, compute_metrics

AT = datetime(2026, 11, 22, tzinfo=UTC)


def post(category="food", language="en", sentiment="positive", score=0.5, confidence=0.8, engine="local", **more):
    return LabelledPost(
        language=language,
        sentiment=sentiment,
        score=score,
        category=category,
        chances=more.pop("chances", {category: confidence} if category else {}),
        engine=engine,
        **more,
    )


def metrics_of(*posts, of=None):
    return compute_metrics(ContentFacts(posts=posts, of=len(posts) if of is None else of, as_of=AT))


def test_shares_leave_out_what_has_no_label():
    metrics = metrics_of(post("food"), post("food"), post("travel"), post(None, "und"), of=6)

    assert metrics["content.categories"].value == [
        {"label": "food", "share": 66.6667, "n": 2},
        {"label": "travel", "share": 33.3333, "n": 1},
    ]
    assert metrics["content.categories"].sample.excluded == (("not_analysed", 2), ("category_unclear", 1))
    assert metrics["content.languages"].value == [{"label": "en", "share": 100.0, "n": 3}]


def test_the_primary_category_weighs_confidence():
    posts = [post("food", confidence=0.3), post("food", confidence=0.3), post("travel", confidence=0.9)]

    assert metrics_of(*posts)["content.primary_category"].value == "travel"
    assert metrics_of(*posts[:2])["content.primary_category"].reason == "Needs at least 3 posts; 2 of 2 can be used."


def test_posts_without_a_clear_category_add_their_hints():
    posts = [post("food"), post("food"), post("travel", chances={"travel": 0.5, "pets": 0.4})]
    unclear = [post(None, chances={"pets": 0.24, "food": 0.01}) for _n in range(9)]

    primary = metrics_of(*posts, *unclear)["content.primary_category"]

    # pets 0.4 + 9 x 0.24 against food 2 x 0.8 + 9 x 0.01
    assert primary.value == "pets"
    assert (primary.sample.size, primary.sample.excluded) == (3, (("category_unclear", 9),))


def test_sentiment():
    metrics = metrics_of(post(score=1.0), post(sentiment="negative", score=-0.5), post(sentiment="neutral", score=0.1))

    assert metrics["content.sentiment.mean"].value == 0.2
    assert metrics["content.sentiment.shares"].value == {
        "positive": 33.3333,
        "neutral": 33.3333,
        "negative": 33.3333,
    }


def test_silence_is_no_neutral_tone():
    silent = post(None, "und", sentiment="neutral", score=0.0, taken_at=AT, has_caption=False)

    metrics = metrics_of(post(score=1.0), silent, of=3)
    nothing = summarise([silent, silent], of=2, as_of=AT)

    assert metrics["content.sentiment.mean"].value == 1.0
    assert metrics["content.sentiment.mean"].sample.excluded == (("not_analysed", 1), ("no_caption", 1))
    assert metrics["content.sentiment.shares"].value == {"positive": 100.0, "neutral": 0.0, "negative": 0.0}
    assert metrics["content.sentiment.months"].sample.excluded == (
        ("not_analysed", 1), ("no_caption", 1), ("undated", 1),
    )  # fmt: skip
    assert nothing.mean_sentiment is None
    assert nothing.aggregates["sentiment"] == {
        "mean": None, "positive": None, "neutral": None, "negative": None, "n": 0,
    }  # fmt: skip
    reason = "None of the 2 analysed posts has a caption."
    assert {nothing.aggregates["metrics"][f"content.sentiment.{key}"]["reason"] for key in ("mean", "shares")} == {
        reason
    }


def test_estimates_say_so_and_mixed_engines_are_flagged():
    same, mixed = [post()] * 24, [post()] * 23 + [post(engine="rules")]

    assert metrics_of(*same)["content.sentiment.mean"].status is Status.ESTIMATED
    assert metrics_of(*same)["content.sentiment.mean"].confidence is Confidence.HIGH
    assert metrics_of(*mixed)["content.sentiment.mean"].confidence is Confidence.MEDIUM
    assert metrics_of(*mixed)["content.sentiment.mean"].flags == ("mixed_engines",)


def test_nothing_analysed_is_nothing_claimed():
    metrics = metrics_of(of=5)

    assert {metric.status for metric in metrics.values()} == {Status.UNAVAILABLE}
    assert metrics["content.categories"].reason == "No posts have been analysed yet."


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            post,
            st.sampled_from(["food", "travel", None]),
            st.sampled_from(["en", "de", "und"]),
            st.sampled_from(["positive", "neutral", "negative"]),
            st.floats(-1, 1),
            st.floats(0, 1),
        ),
        max_size=30,
    ),
    st.randoms(),
)
def test_shares_add_up_and_order_does_not_matter(posts, random):
    summary = summarise(posts, of=len(posts), as_of=AT)
    for name in ("categories", "languages"):
        rows = summary.aggregates[name]
        assert not rows or abs(sum(row["share"] for row in rows) - 100) < 0.01
    assert summary.mean_sentiment is None or -1 <= summary.mean_sentiment <= 1

    shuffled = posts.copy()
    random.shuffle(shuffled)
    assert summarise(shuffled, of=len(posts), as_of=AT).primary_category == summary.primary_category
