"""Likes, comments and follows that do not have the shape of people's."""

from statistics import fmean, median, pstdev

from apps.profiles.metrics.definitions.engagement import er_followers_median
from apps.profiles.metrics.definitions.peers import MINIMUM_PEERS, peers_percentile, peers_ratio
from apps.profiles.metrics.definitions.sponsorship import sponsorship_of
from apps.profiles.metrics.facts import AuthenticityFacts
from apps.profiles.metrics.registry import Missing
from apps.profiles.metrics.sampling import COMMENTS, LIKES, RECENT, choose

from .base import Reading, check

_PEERS = f"An engagement rate, and {MINIMUM_PEERS} creators of the same size in the catalogue."
EVEN_POSTS = 8
RATIO_POSTS = 6


@check(
    code="engagement_low",
    label="Hardly anybody reacts",
    weight=15,
    measures="100 minus the percentile of the engagement rate among creators of the same size.",
    unit="percent",
    fine=85.0,
    bad=98.0,
    needs=_PEERS,
)
def engagement_low(facts: AuthenticityFacts) -> Reading | str:
    rank = peers_percentile(facts.profile)
    if isinstance(rank, Missing):
        return rank.reason
    own = er_followers_median(facts.profile)
    evidence = {"percentile": round(rank.value, 4), "peers": rank.sample.size, "posts": own.sample.size}
    return Reading(value=100 - rank.value, evidence=evidence)


@check(
    code="engagement_high",
    label="Far more reactions than others of this size get",
    weight=10,
    measures="The engagement rate divided by the median of creators of the same size.",
    unit="times",
    fine=6.0,
    bad=20.0,
    needs=_PEERS,
)
def engagement_high(facts: AuthenticityFacts) -> Reading | str:
    ratio = peers_ratio(facts.profile)
    if isinstance(ratio, Missing):
        return ratio.reason
    return Reading(value=ratio.value, evidence={"times": round(ratio.value, 4), "peers": ratio.sample.size})


@check(
    code="likes_even",
    label="Likes hardly differ between posts",
    weight=10,
    measures="100 minus the spread of likes (standard deviation divided by mean, in percent) over posts that are not "
    "paid.",
    unit="percent",
    fine=88.0,
    bad=96.0,
    needs=f"{EVEN_POSTS} unpaid posts with visible likes and a mean of 50 likes or more.",
)
def likes_even(facts: AuthenticityFacts) -> Reading | str:
    chosen = choose(facts.profile, LIKES, limit=RECENT)
    posts = [post for post in chosen.posts if not sponsorship_of(post)]
    likes = [post.likes or 0 for post in posts]
    if len(likes) < EVEN_POSTS or fmean(likes) < 50:
        return f"Needs {EVEN_POSTS} unpaid posts with visible likes and a mean of 50 or more; there are {len(likes)}."
    spread = 100 * pstdev(likes) / fmean(likes)
    evidence = {"spread_percent": round(spread, 4), "posts": len(likes), "lowest": min(likes), "highest": max(likes)}
    return Reading(value=max(0.0, 100 - spread), evidence=evidence)


def _comments_per_100(facts: AuthenticityFacts) -> tuple[float, dict[str, object]] | str:
    chosen = choose(facts.profile, LIKES, COMMENTS, limit=RECENT)
    posts = [post for post in chosen.posts if post.likes]
    if len(posts) < RATIO_POSTS or fmean(post.likes or 0 for post in posts) < 50:
        return (
            f"Needs {RATIO_POSTS} posts with likes and comments and a mean of 50 likes or more; there are {len(posts)}."
        )
    value = median(100 * (post.comments or 0) / (post.likes or 1) for post in posts)
    return value, {"comments_per_100_likes": round(value, 4), "posts": len(posts)}


@check(
    code="comments_few",
    label="Likes without comments",
    weight=5,
    measures="100 likes divided by the comments that come with them (median over posts; 1,000 where there are none).",
    unit="likes a comment",
    fine=250.0,
    bad=1_000.0,
    needs=f"{RATIO_POSTS} posts with likes and comment counts and a mean of 50 likes or more.",
)
def comments_few(facts: AuthenticityFacts) -> Reading | str:
    found = _comments_per_100(facts)
    if isinstance(found, str):
        return found
    per_100, evidence = found
    return Reading(value=min(1_000.0, 100 / per_100) if per_100 else 1_000.0, evidence=evidence)


@check(
    code="comments_many",
    label="Comments without likes",
    weight=5,
    measures="Comments per 100 likes, median over posts; give-aways and engagement pods have many.",
    unit="comments per 100 likes",
    fine=15.0,
    bad=50.0,
    needs=f"{RATIO_POSTS} posts with likes and comment counts and a mean of 50 likes or more.",
)
def comments_many(facts: AuthenticityFacts) -> Reading | str:
    found = _comments_per_100(facts)
    if isinstance(found, str):
        return found
    per_100, evidence = found
    return Reading(value=per_100, evidence=evidence)


@check(
    code="follows_many",
    label="Follows masses of accounts",
    weight=5,
    measures="Accounts followed, where they are more than half of the followers; else 0.",
    unit="accounts",
    fine=1_500.0,
    bad=5_000.0,
    needs="Both counts of the account.",
)
def follows_many(facts: AuthenticityFacts) -> Reading | str:
    followers, following = facts.profile.followers, facts.profile.following
    if followers is None or following is None:
        return "Followers or following are unknown."
    value = float(following) if 2 * following > followers else 0.0
    return Reading(value=value, evidence={"following": following, "followers": followers})
