"""Engagement against values worked out by hand."""

import pytest

from apps.profiles.metrics import Confidence, Metric, ProfileFacts, Status, compute_metrics

from .facts import make_facts, make_post


def read(facts: ProfileFacts, key: str) -> Metric:
    return compute_metrics(facts)[key]


def test_rate_by_followers_is_the_median_of_the_twelve_latest_posts():
    # Rates of 110, 220, ... 1320 engagements on 10,000 followers: 1.1 %, 2.2 % ... 13.2 %; the middle of the sixth
    # and seventh is 7.15 %. The thirteenth, oldest post has a rate of 90 % and must not count.
    posts = [make_post(n, likes=100 * n, comments=10 * n) for n in range(1, 13)]
    metric = read(make_facts(*posts, make_post(13, likes=9_000, comments=0)), "engagement_rate.followers.median")

    assert metric.value == 7.15
    assert (metric.status, metric.confidence) == (Status.COMPUTED, Confidence.HIGH)
    assert (metric.sample.size, metric.sample.of, metric.sample.excluded) == (12, 12, ())


def test_mean_rate_differs_from_the_median_by_the_outlier():
    facts = make_facts(
        make_post(1, likes=100, comments=0), make_post(2, likes=200, comments=0), make_post(3, likes=1_200, comments=0)
    )

    assert read(facts, "engagement_rate.followers.median").value == 2.0
    assert read(facts, "engagement_rate.followers.mean").value == 5.0


def test_hidden_likes_are_left_out_and_the_sample_says_so():
    facts = make_facts(
        make_post(1, likes=190, comments=10),
        make_post(2, likes=None, likes_hidden=True, comments=50),
        make_post(3, likes=390, comments=10),
    )
    metric = read(facts, "engagement_rate.followers.median")

    assert metric.value == 3.0
    assert (metric.sample.size, metric.sample.of, metric.sample.excluded) == (2, 3, (("likes_hidden", 1),))
    assert metric.confidence == Confidence.LOW
    assert read(facts, "hidden_likes_share").value == 33.3333


def test_all_likes_hidden_leaves_a_comment_rate_of_its_own():
    facts = make_facts(*(make_post(n, likes=None, likes_hidden=True, comments=n * 10) for n in (1, 2, 3)))
    metric = read(facts, "engagement_rate.followers.median")

    assert (metric.value, metric.status, metric.confidence) == (None, Status.UNAVAILABLE, Confidence.NONE)
    assert metric.reason == "Likes are hidden or unknown on all 3 latest posts."
    assert read(facts, "comment_rate.followers.median").value == 0.2
    assert read(facts, "hidden_likes_share").value == 100.0


@pytest.mark.parametrize(
    ("followers", "reason"), [(0, "The account has no followers."), (None, "The follower count is unknown.")]
)
def test_no_rate_without_followers(followers, reason):
    metric = read(make_facts(make_post(1), followers=followers), "engagement_rate.followers.median")

    assert (metric.value, metric.reason) == (None, reason)


def test_no_posts_and_private_accounts_say_which_it_is():
    assert read(make_facts(), "engagement_rate.followers.median").reason == "No posts are known."
    private = make_facts(is_private=True)
    assert read(private, "likes.mean").reason == "The account is private: its posts are not public."


def test_rate_by_views_takes_only_videos_that_show_views():
    facts = make_facts(
        make_post(1, type="reel", views=1_000, likes=90, comments=10),
        make_post(2, type="video", views=2_000, likes=50, comments=10),
        make_post(3, type="reel", views=0, likes=50, comments=10),
        make_post(4, type="photo"),
    )
    metric = read(facts, "engagement_rate.views.median")

    assert metric.value == 6.5  # of 10 % and 3 %
    assert metric.sample.excluded == (("not_video", 1), ("views_unknown", 1))


def test_views_and_plays_are_never_mixed():
    facts = make_facts(make_post(1, type="reel", plays=4_000, likes=90, comments=10))

    assert read(facts, "engagement_rate.views.median").value is None
    assert read(facts, "engagement_rate.plays.median").value == 2.5


def test_impossible_rate_is_shown_flagged_and_not_trusted():
    posts = [make_post(n, likes=19_000, comments=100) for n in range(1, 13)]
    metric = read(make_facts(*posts), "engagement_rate.followers.median")

    assert metric.value == 191.0
    assert (metric.flags, metric.confidence) == (("above_100_percent",), Confidence.LOW)


def test_young_posts_count_and_are_flagged():
    facts = make_facts(make_post(0, likes=0, comments=0), *(make_post(n) for n in range(1, 12)))
    metric = read(facts, "engagement_rate.followers.median")

    assert (metric.value, metric.sample.size, metric.flags) == (1.1, 12, ("young_posts",))


def test_comments_per_100_likes_and_like_spread():
    facts = make_facts(
        make_post(1, likes=100, comments=5), make_post(2, likes=200, comments=5), make_post(3, likes=300, comments=20)
    )

    assert read(facts, "comments_per_100_likes").value == 5.0  # 30 / 600
    assert read(facts, "like_spread").value == 40.8248  # sqrt(20,000 / 3) / 200


def test_shape_needs_three_posts():
    facts = make_facts(make_post(1), make_post(2))

    assert read(facts, "like_spread").reason == "Needs at least 3 posts; 2 of 2 can be used."
    assert read(facts, "comments_per_100_likes").value is None


def test_posts_without_a_single_like_have_no_shape():
    facts = make_facts(*(make_post(n, likes=0, comments=3) for n in (1, 2, 3)))

    assert read(facts, "comments_per_100_likes").reason == "The posts have no likes."
    assert read(facts, "like_spread").reason == "The posts have no likes."
