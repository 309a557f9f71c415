"""The checks and their score: by hand, recomputable, silent where inputs lack."""

import json

import pytest
from hypothesis import given, settings

from apps.profiles.metrics import PeerStats, compute_metrics
from apps.profiles.metrics.checks import CHECKS, run_checks

from .facts import NOW, make_post, make_snapshot
from .insight_facts import make_checked
from .test_properties import profiles


def find(facts, code):
    return next(finding for finding in run_checks(facts) if finding.check.code == code)


def test_the_weights_make_a_hundred():
    assert sum(check.weight for check in CHECKS) == 100
    assert len({check.code for check in CHECKS}) == len(CHECKS)


def test_a_jump_is_told_with_its_dates():
    rows = [(60, 10_000), (50, 10_050), (40, 10_100), (38, 12_120), (20, 12_150), (2, 12_200)]
    facts = make_checked(snapshots=tuple(make_snapshot(days, count) for days, count in rows), followers=12_200)

    spike, drop = find(facts, "growth_spike"), find(facts, "growth_drop")

    # 2,020 of 10,100 in two days: 10 % a day, beyond the 8 % that count fully.
    assert (spike.value, spike.severity, spike.points) == (10.0, 1.0, 20)
    assert spike.evidence["followers_before"] == 10_100
    assert spike.evidence["followers_after"] == 12_120
    assert (drop.state, drop.value) == ("clear", 0.0)


def test_two_counts_within_a_day_are_no_jump():
    rows = [(40, 1_000), (30, 1_000), (20, 1_000), (10, 1_000), (0.02, 1_000), (0.01, 1_010)]
    facts = make_checked(snapshots=tuple(make_snapshot(days, count) for days, count in rows))

    assert find(facts, "growth_spike").value == 1.0


def test_likes_that_hardly_differ():
    posts = [make_post(n, likes=1_000 + n % 2 * 20) for n in range(10)]

    finding = find(make_checked(*posts), "likes_even")

    # 1,000 and 1,020 in turn: spread 10 of 1,010, so 99.01 of 100 even.
    assert (finding.value, finding.severity) == (99.0099, 1.0)
    assert finding.evidence == {"spread_percent": 0.9901, "posts": 10, "lowest": 1_000, "highest": 1_020}


def test_against_peers():
    peers = PeerStats(tier="micro", engagement_rates=[float(n) for n in range(1, 101)], as_of=NOW)
    low = make_checked(*(make_post(n, likes=40, comments=10) for n in range(4)), peers=peers)
    high = make_checked(*(make_post(n, likes=90_000, comments=900) for n in range(4)), peers=peers)

    # 0.5 %: below all of 1 to 100 %. 909 %: 18 times the median of 50.5.
    assert find(low, "engagement_low").severity == 1.0
    assert find(low, "engagement_high").state == "clear"
    assert find(high, "engagement_high").severity == 0.86
    assert find(make_checked(make_post(1)), "engagement_low").state == "unavailable"


def test_comments_of_one_text():
    texts = ("Great content my friend!",) * 20 + tuple(f"number {n} is my favourite" for n in range(20))

    finding = find(make_checked(texts=texts), "comments_duplicate")

    # 19 of 40 repeat an earlier one.
    assert (finding.value, finding.severity) == (47.5, 0.72)
    assert finding.evidence["examples"][0]["times"] == 20


def test_the_score_adds_up_from_the_reasons():
    posts = [make_post(n, likes=1_000 + n % 2 * 20, comments=1) for n in range(10)]
    facts = make_checked(*posts, following=6_000, followers=10_000)

    metrics = compute_metrics(facts)

    rows = metrics["authenticity.reasons"].value
    able = [row for row in rows if row["severity"] is not None]
    # likes_even 10, comments_few 5, comments_many 5, follows_many 5: too little weight to say.
    assert sum(row["weight"] for row in able) == 25
    assert metrics["authenticity.score"].reason.startswith("Needs 4 checks of weight 30 together; 4 of weight 25")

    talked = make_checked(
        *posts, following=6_000, followers=10_000, texts=tuple(f"what is the number {n}" for n in range(30))
    )
    score, rows = (compute_metrics(talked)[f"authenticity.{name}"] for name in ("score", "reasons"))

    able = [row for row in rows.value if row["severity"] is not None]
    assert score.value == round(100 - 100 * sum(row["points"] for row in able) / sum(row["weight"] for row in able), 1)
    # likes 10 of 10, 100 likes for 0.1 comments 5 of 5, follows 5 of 5; the rest is clear: 20 of 45 points.
    assert score.value == 55.6
    assert score.status == "estimated"
    assert [row["code"] for row in rows.value[:3]] == ["likes_even", "comments_few", "follows_many"]


@given(profiles())
@settings(max_examples=60, deadline=None)
def test_whatever_upstream_sends_the_score_is_between_0_and_100(profile):
    facts = make_checked(texts=("hi there you",) * (len(profile.posts) * 2))
    metrics = compute_metrics(type(facts)(profile=profile, discussion=facts.discussion))
    score = metrics["authenticity.score"]

    json.dumps([metric.as_dict() for metric in metrics.values()], allow_nan=False)
    assert score.value is None or 0 <= score.value <= 100
    assert score.value is None or score.sample.size >= 4


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_severity_grows_evenly(check):
    assert check.judge(check.fine) == 0
    assert check.judge(check.bad) == 1
    assert check.judge((check.fine + check.bad) / 2) == 0.5
    assert check.judge(check.bad * 10) == 1
