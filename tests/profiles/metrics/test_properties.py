"""What must hold for whatever upstream sends."""

import json
import math
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.profiles.metrics import PeerStats, ProfileFacts, SnapshotFacts, Status, compute_metrics, list_definitions

from .facts import NOW, make_facts, make_post

_EARLIEST = NOW.replace(tzinfo=None) - timedelta(days=900)
_LATEST = NOW.replace(tzinfo=None, year=2030)
COUNTS = st.none() | st.integers(min_value=0, max_value=10**12)


@st.composite
def posts(draw, number):
    hidden = draw(st.booleans())
    return make_post(
        number,
        type=draw(st.sampled_from(["photo", "video", "carousel", "reel"])),
        taken_at=draw(st.none() | st.datetimes(_EARLIEST, _LATEST).map(_aware)),
        likes=None if hidden else draw(COUNTS),
        likes_hidden=hidden,
        comments=draw(COUNTS),
        views=draw(COUNTS),
        plays=draw(COUNTS),
        caption=draw(st.sampled_from(["", "#ad now", "plain", "реклама", "\x00 #पोस्ट"])),
        hashtags=tuple(draw(st.lists(st.sampled_from(["a", "B", "b", "#c", "#", ""]), max_size=3))),
        is_pinned=draw(st.booleans()),
        is_sponsored=draw(st.booleans()),
    )


def _aware(moment):
    return moment.replace(tzinfo=NOW.tzinfo)


@st.composite
def profiles(draw):
    count = draw(st.integers(min_value=0, max_value=30))
    snapshots = draw(st.lists(st.tuples(st.integers(0, 500), COUNTS), max_size=6))
    rates = draw(st.lists(st.floats(min_value=0, max_value=1e6), max_size=40))
    return make_facts(
        *(draw(posts(number)) for number in range(count)),
        followers=draw(COUNTS),
        following=draw(COUNTS),
        posts_count=draw(COUNTS),
        is_private=draw(st.booleans()),
        snapshots=tuple(
            SnapshotFacts(taken_at=NOW - timedelta(days=days), followers=number) for days, number in snapshots
        ),
        peers=PeerStats(tier="mid", engagement_rates=rates, as_of=NOW) if rates else None,
    )


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_every_number_is_real_and_has_its_provenance(facts):
    known = {definition.key: definition for definition in list_definitions() if definition.subject is ProfileFacts}
    metrics = compute_metrics(facts)

    assert set(metrics) == set(known)
    for key, metric in metrics.items():
        data = metric.as_dict()
        json.dumps(data, allow_nan=False)
        assert data["method"] == known[key].method
        assert data["unit"] == known[key].unit
        assert data["sample"]["size"] <= max(data["sample"]["of"], 2)
        assert (data["value"] is None) == (data["status"] == "unavailable") == (data["confidence"] == "none")
        assert data["value"] is not None or data["reason"]


@given(profiles(), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_posts_and_snapshots_does_not_matter(facts, random):
    shuffled_posts, shuffled_snapshots = list(facts.posts), list({s.taken_at: s for s in facts.snapshots}.values())
    plain = replace(facts, snapshots=tuple(shuffled_snapshots))
    random.shuffle(shuffled_posts)
    random.shuffle(shuffled_snapshots)
    shuffled = replace(facts, posts=tuple(shuffled_posts), snapshots=tuple(shuffled_snapshots))

    assert compute_metrics(shuffled) == compute_metrics(plain)


@given(profiles(), st.integers(min_value=2, max_value=1_000))
@settings(max_examples=40, deadline=None)
def test_rates_do_not_depend_on_scale(facts, factor):
    def scaled(value):
        return None if value is None else value * factor

    larger = replace(
        facts,
        followers=scaled(facts.followers),
        posts=tuple(replace(p, likes=scaled(p.likes), comments=scaled(p.comments)) for p in facts.posts),
    )
    before, after = compute_metrics(facts), compute_metrics(larger)
    for key in ("engagement_rate.followers.median", "engagement_rate.followers.mean", "comment_rate.followers.median"):
        same(before[key].value, after[key].value)
    for key in ("comments_per_100_likes", "like_spread", "hidden_likes_share", "sponsored.share"):
        same(before[key].value, after[key].value)


def same(first, second):
    assert (first is None) == (second is None)
    assert first is None or math.isclose(first, second, rel_tol=1e-9, abs_tol=2e-4)


@given(profiles())
@settings(max_examples=40, deadline=None)
def test_shares_stay_within_their_bounds(facts):
    metrics = compute_metrics(facts)
    for key in ("hidden_likes_share", "sponsored.share", "engagement_rate.peers.percentile"):
        assert metrics[key].value is None or 0 <= metrics[key].value <= 100
    for row in metrics["formats"].value or []:
        assert 0 < row["share"] <= 100
    rate = metrics["engagement_rate.followers.median"]
    assert rate.value is None or rate.value <= 100 or "above_100_percent" in rate.flags


def test_an_account_of_which_nothing_is_known_has_not_one_number():
    empty = ProfileFacts(username="nobody", as_of=NOW)

    assert {metric.status for metric in compute_metrics(empty).values()} == {Status.UNAVAILABLE}
