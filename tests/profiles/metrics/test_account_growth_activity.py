"""Counts, growth and frequency against values worked out by hand."""

from datetime import timedelta

import pytest

from apps.profiles.metrics import Confidence, Status, compute_metrics

from .facts import NOW, make_facts, make_post, make_snapshot


def test_counts_are_observed_exactly():
    metrics = compute_metrics(make_facts(followers=123_456_789_012, following=0, posts_count=None))

    assert metrics["followers"].as_dict() == {
        "value": 123_456_789_012,
        "unit": "count",
        "as_of": "2026-11-22T12:00:00+00:00",
        "status": "observed",
        "method": "account.followers.v1",
        "sample": {"size": 1, "of": 1, "kind": "profile", "excluded": {}},
        "confidence": "high",
    }
    assert metrics["following"].value == 0
    assert metrics["followers_to_following"].reason == "The account follows nobody."
    assert metrics["posts_count"].reason == "The source gave no posts_count count."


def test_flagged_counts_are_trusted_less():
    metric = compute_metrics(make_facts(flags=("followers_implausible",)))["followers"]

    assert (metric.value, metric.flags, metric.confidence) == (10_000, ("followers_implausible",), Confidence.MEDIUM)


def test_growth_takes_the_nearest_snapshot_within_the_tolerance():
    snapshots = (make_snapshot(9.5, 1), make_snapshot(8, 8_000), make_snapshot(32, 5_000), make_snapshot(104, 1))
    metrics = compute_metrics(make_facts(snapshots=snapshots))

    assert metrics["followers_growth.7d"].value == 25.0
    assert metrics["followers_change.7d"].value == 2_000
    assert metrics["followers_growth.7d"].sample.window == (NOW - timedelta(days=8), NOW)
    assert metrics["followers_growth.30d"].value == 100.0
    assert metrics["followers_growth.90d"].reason.startswith("No snapshot within 10 days of 90 days ago")
    assert metrics["followers_growth.365d"].status == Status.UNAVAILABLE


def test_growth_from_zero_is_undefined_but_the_change_is_known():
    metrics = compute_metrics(make_facts(snapshots=(make_snapshot(7, 0),)))

    assert metrics["followers_growth.7d"].value is None
    assert metrics["followers_change.7d"].value == 10_000


def test_snapshots_without_a_count_are_no_start():
    metrics = compute_metrics(make_facts(snapshots=(make_snapshot(7, None), make_snapshot(6, 20_000))))

    assert metrics["followers_growth.7d"].value == -50.0
    assert metrics["followers_growth.7d"].sample.of == 1


def test_posting_frequency_counts_until_the_posts_were_read():
    # Five posts, the oldest 14 days ago: four posts in two weeks.
    posts = [make_post(n, taken_at=NOW - timedelta(days=days)) for n, days in enumerate((1, 3, 6, 10, 14))]
    metrics = compute_metrics(make_facts(*posts))

    assert metrics["posts_per_week"].value == 2.0
    assert metrics["posts_per_week"].sample.size == 5
    assert metrics["days_since_last_post"].value == 1.0


def test_old_pinned_posts_do_not_stretch_the_frequency():
    posts = [make_post(n, taken_at=NOW - timedelta(days=days)) for n, days in enumerate((1, 3, 6, 10, 14))]
    pinned = make_post(99, taken_at=NOW - timedelta(days=1_400), is_pinned=True)
    metric = compute_metrics(make_facts(*posts, pinned))["posts_per_week"]

    assert (metric.value, metric.sample.size, metric.sample.of) == (2.0, 5, 6)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_frequency_needs_four_posts(count):
    metric = compute_metrics(make_facts(*(make_post(n) for n in range(1, count + 1))))["posts_per_week"]

    assert metric.value is None
    assert metric.reason


def test_a_burst_within_a_day_has_no_weekly_rate():
    posts = [make_post(n, taken_at=NOW - timedelta(hours=n)) for n in range(1, 6)]

    assert compute_metrics(make_facts(*posts))["posts_per_week"].reason == "The known posts cover less than a day."


def test_undated_posts_have_no_frequency():
    posts = [make_post(n, taken_at=None) for n in range(1, 6)]
    metrics = compute_metrics(make_facts(*posts))

    assert metrics["posts_per_week"].value is None
    assert metrics["posts_per_week"].reason == "The time of the posts is unknown."
    assert metrics["days_since_last_post"].reason == "The time of the posts is unknown."
    assert metrics["engagement_rate.followers.median"].value == 1.1


def test_a_post_from_the_future_tells_nothing_about_now():
    posts = [make_post(n, taken_at=NOW - timedelta(days=days)) for n, days in enumerate((1, 3, 6, 10, 14))]
    wrong = make_post(99, taken_at=NOW + timedelta(days=9_000))
    metrics = compute_metrics(make_facts(*posts, wrong))

    assert (metrics["days_since_last_post"].value, metrics["posts_per_week"].value) == (1.0, 2.0)
    assert metrics["posts_per_week"].sample.size == 5


def test_posts_from_the_future_alone_have_no_known_time():
    metrics = compute_metrics(make_facts(*(make_post(n, taken_at=NOW + timedelta(days=n)) for n in range(1, 6))))

    assert metrics["days_since_last_post"].value is metrics["posts_per_week"].value is None
    assert metrics["days_since_last_post"].reason == "The time of the posts is unknown."
