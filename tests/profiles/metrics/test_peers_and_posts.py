"""Against accounts of the same size, and single posts."""

import pytest

from apps.profiles.metrics import PeerStats, PostInContext, compute_metrics, find_size_tier

from .facts import NOW, make_facts, make_post


def _peers(*rates):
    return PeerStats(tier="micro", engagement_rates=rates, as_of=NOW)


def test_percentile_counts_equal_peers_half():
    rates = [0.5] * 10 + [1.1] * 10 + [2.2] * 20
    metrics = compute_metrics(make_facts(make_post(1), peers=_peers(*rates)))

    assert metrics["engagement_rate.peers.percentile"].value == 37.5  # (10 + 5) of 40
    assert metrics["engagement_rate.peers.median"].value == 1.65
    assert metrics["engagement_rate.peers.ratio"].value == 0.6667
    assert metrics["engagement_rate.peers.percentile"].flags == ("tier_micro",)


@pytest.mark.parametrize("peers", [None, _peers(), _peers(*[1.0] * 29)])
def test_too_few_peers_is_no_comparison(peers):
    metric = compute_metrics(make_facts(make_post(1), peers=peers))["engagement_rate.peers.percentile"]

    assert metric.value is None
    assert metric.reason.startswith("Needs at least 30 creators of the same size")


def test_no_own_rate_is_no_comparison():
    facts = make_facts(make_post(1, likes=None, likes_hidden=True), peers=_peers(*[1.0] * 30))
    metrics = compute_metrics(facts)

    assert metrics["engagement_rate.peers.ratio"].reason.startswith("The creator's own engagement rate is unavailable")
    assert metrics["engagement_rate.peers.median"].value == 1.0


def test_peers_without_engagement_have_no_ratio():
    metric = compute_metrics(make_facts(make_post(1), peers=_peers(*[0.0] * 30)))["engagement_rate.peers.ratio"]

    assert metric.reason == "The peers' median engagement rate is 0."


@pytest.mark.parametrize(
    ("followers", "tier"),
    [(0, "below_nano"), (999, "below_nano"), (1_000, "nano"), (19_999, "micro"), (20_000, "mid"), (10**9, "mega")],
)
def test_size_tiers(followers, tier):
    assert find_size_tier(followers)[0] == tier


def test_unknown_size_has_no_tier():
    assert find_size_tier(None) is None


def test_a_post_has_its_own_rates():
    metrics = compute_metrics(PostInContext(post=make_post(2, views=1_000), followers=10_000, as_of=NOW))

    assert metrics["post.engagement_rate.followers"].value == 1.1
    assert metrics["post.engagement_rate.views"].value == 11.0


def test_a_post_with_hidden_likes_has_none():
    context = PostInContext(post=make_post(2, likes=None, likes_hidden=True), followers=10_000, as_of=NOW)
    metric = compute_metrics(context)["post.engagement_rate.followers"]

    assert (metric.value, metric.reason) == (None, "The likes are hidden or unknown.")
