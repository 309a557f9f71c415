"""Price estimates: worked out by hand, refused without inputs, by a table that can be published anew."""

import pytest

from apps.profiles.metrics import compute_metrics, read_rates
from apps.profiles.metrics.pricing import FIRST_RATES
from apps.profiles.models import RateTable
from apps.profiles.selectors import get_rates
from apps.profiles.services import publish_rates

from .facts import NOW, make_post
from .insight_facts import make_pricing


def test_the_prices_are_what_the_formulas_say():
    posts = [make_post(n, likes=likes, comments=10) for n, likes in enumerate((190, 290, 390), 1)]
    reels = [
        make_post(n, type="reel", likes=400, comments=100, views=views)
        for n, views in enumerate((4_000, 5_000, 9_000), 5)
    ]

    metrics = compute_metrics(make_pricing(*posts, *reels, followers=10_000))

    # 300 engagements x 8.7 = 2,610 impressions; CPM 8 to 20, factor 1.15 for 5,000 to 20,000 followers.
    assert metrics["price.post"].value == {
        "low": 24.01,
        "middle": 42.02,
        "high": 60.03,
        "impressions": 2610.0,
        "rate_table": 1,
    }
    assert metrics["price.cpe.post"].value == 0.14
    assert metrics["price.cpm.post"].value == 16.1
    assert metrics["emv.post"].value == 26.1
    # 5,000 views; CPM 10 to 25.
    assert metrics["price.reel"].value["low"] == 57.5
    assert metrics["price.reel"].value["high"] == 143.75
    assert metrics["price.cpe.reel"].value == 0.2
    assert metrics["emv.reel"].value == 50.0
    # 3 % of 10,000 followers; CPM 6 to 14.
    assert metrics["price.story"].value["high"] == 4.83
    assert metrics["price.story"].confidence == "medium"
    assert {metric.status for metric in metrics.values()} == {"estimated"}


def test_hidden_likes_leave_the_price_of_a_post_open_and_that_of_a_reel_known():
    posts = [make_post(n, likes=None, likes_hidden=True) for n in range(1, 5)]
    reels = [make_post(n, type="reel", likes=None, likes_hidden=True, views=5_000) for n in range(5, 9)]

    metrics = compute_metrics(make_pricing(*posts, *reels))

    assert metrics["price.post"].status == "unavailable"
    assert "likes hidden" in metrics["price.post"].reason
    assert metrics["price.reel"].value["impressions"] == 5_000
    assert metrics["price.cpe.reel"].status == "unavailable"


@pytest.mark.parametrize("fields", [{"followers": None}, {"posts": ()}])
def test_nothing_is_made_up(fields):
    metrics = compute_metrics(make_pricing(*(() if "posts" in fields else [make_post(n) for n in range(3)]), **fields))

    assert metrics["price.post"].value is None
    assert metrics["price.reel"].value is None


def test_two_posts_are_too_few():
    metric = compute_metrics(make_pricing(make_post(1), make_post(2)))["price.post"]

    assert metric.reason == "Needs at least 3 posts; 2 of 2 can be used."


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": "EUR"}, {"cpm": {"post": [8, 20]}}, {"cpm": {**FIRST_RATES["cpm"], "reel": [20, 8]}},
        {"emv_cpm": 0}, {"emv_cpm": "10"}, {"story_reach_percent": True}, {"size_factor": {}}, {"more": 1},
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused(changes):
    with pytest.raises(ValueError, match=r"\w"):
        read_rates({**FIRST_RATES, **changes}, version=2, published_at=NOW)


@pytest.mark.django_db
def test_the_seeded_table_is_the_published_one():
    assert RateTable.objects.get().rates == FIRST_RATES


@pytest.mark.django_db
def test_a_new_table_counts_from_now_on_and_the_old_one_stays():
    table = publish_rates(rates={**FIRST_RATES, "emv_cpm": 12}, note="Autumn")

    assert (table.version, get_rates().emv_cpm, get_rates().version) == (2, 12.0, 2)
    assert RateTable.objects.count() == 2

    with pytest.raises(ValueError, match="emv_cpm"):
        publish_rates(rates={**FIRST_RATES, "emv_cpm": -1})
    assert RateTable.objects.count() == 2


def test_a_feed_of_reels_alone_has_no_price_of_a_post_and_says_why():
    reels = [make_post(n, type="reel", likes=400, comments=100, views=4_000) for n in range(1, 5)]

    metric = compute_metrics(make_pricing(*reels, followers=10_000))["price.post"]

    assert (metric.value, metric.reason) == (None, "None of the 4 latest posts is a photo or a carousel.")
