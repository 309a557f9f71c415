"""How much an audience reacts."""

from statistics import fmean, median, pstdev
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import (
    COMMENTS,
    LATEST,
    LIKES,
    PLAYS,
    VIDEO,
    VIEWS,
    Requirement,
    choose,
    posts_as_of,
    why_no_posts,
)

from .rates import AVERAGES, engagement, percent, rate, rate_by_followers

_YOUNG = (
    "Posts younger than 24 hours count, as in the documented definitions; the metric is then flagged `young_posts`."
)
_HIDDEN = "Posts with hidden likes are left out and counted in the sample; they are never taken as 0."
_NOW = "Divides by today's followers, also for older posts."
_ABOVE = "A value above 100 % is shown as it is, flagged, with low confidence."
_COMMON: dict[str, Any] = {
    "unit": Unit.PERCENT,
    "category": "engagement",
    "minimum_sample": 1,
    "full_sample": LATEST,
}
_BY_FOLLOWERS: dict[str, Any] = {
    **_COMMON,
    "inputs": ("profile.followers", "posts.likes", "posts.comments", "posts.taken_at"),
    "caveats": (_HIDDEN, _NOW, _YOUNG, _ABOVE),
    "fallback": "comment_rate.followers.median",
}


@metric(
    ProfileFacts,
    key="engagement_rate.followers.median",
    method="er.followers.median.v1",
    label="Engagement rate (median, by followers)",
    formula="For each of the 12 latest posts: likes plus comments, divided by followers. The median of these.",
    maths="median over posts i of (L_i + C_i) / F x 100",
    source="HypeAuditor's free engagement calculator: median over the 12 latest posts; research section 3 no. 1, [H4].",
    **_BY_FOLLOWERS,
)
def er_followers_median(facts: ProfileFacts) -> Found | Missing:
    return rate_by_followers(facts, choose(facts, LIKES, COMMENTS), engagement, AVERAGES["median"])


@metric(
    ProfileFacts,
    key="engagement_rate.followers.mean",
    method="er.followers.mean.v1",
    label="Engagement rate (mean, by followers)",
    formula="For each of the 12 latest posts: likes plus comments, divided by followers. The mean of these.",
    maths="(mean L + mean C) / F x 100",
    source="Upfluence: (average likes + average comments) / followers; research section 3 no. 1, [U1].",
    **_BY_FOLLOWERS,
)
def er_followers_mean(facts: ProfileFacts) -> Found | Missing:
    return rate_by_followers(facts, choose(facts, LIKES, COMMENTS), engagement, AVERAGES["mean"])


def _by_audience(facts: ProfileFacts, seen: Requirement, field: str) -> Found | Missing:
    chosen = choose(facts, VIDEO, seen, LIKES, COMMENTS)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=posts_as_of(facts))
    rates = [percent(engagement(post), getattr(post, field)) for post in chosen.posts]
    return rate(median(rates), chosen, facts)


@metric(
    ProfileFacts,
    key="engagement_rate.views.median",
    method="er.views.median.v1",
    label="Engagement rate (median, by views)",
    formula="For each video among the 12 latest posts: likes plus comments, divided by its views. The median of these.",
    maths="median over videos i of (L_i + C_i) / V_i x 100",
    inputs=("posts.views", "posts.likes", "posts.comments", "posts.taken_at"),
    source="Primetag: (likes + comments) / views; research section 3 no. 2, [PT].",
    caveats=(_HIDDEN, "Videos without a view count, or with 0 views, are left out.", _YOUNG, _ABOVE),
    **_COMMON,
)
def er_views_median(facts: ProfileFacts) -> Found | Missing:
    return _by_audience(facts, VIEWS, "views")


@metric(
    ProfileFacts,
    key="engagement_rate.plays.median",
    method="er.plays.median.v1",
    label="Engagement rate (median, by plays)",
    formula="For each reel among the 12 latest posts: likes plus comments, divided by its plays. The median of these.",
    maths="median over reels i of (L_i + C_i) / P_i x 100",
    inputs=("posts.plays", "posts.likes", "posts.comments", "posts.taken_at"),
    source="As by views, [PT]; plays count repeats, so the two are never mixed.",
    caveats=(_HIDDEN, "Reels without a play count, or with 0 plays, are left out.", _YOUNG, _ABOVE),
    **_COMMON,
)
def er_plays_median(facts: ProfileFacts) -> Found | Missing:
    return _by_audience(facts, PLAYS, "plays")


def _comments(post: PostFacts) -> int:
    return post.comments or 0


@metric(
    ProfileFacts,
    key="comment_rate.followers.median",
    method="cr.followers.median.v1",
    label="Comment rate (median, by followers)",
    formula="For each of the 12 latest posts: comments divided by followers. The median of these.",
    maths="median over posts i of C_i / F x 100",
    inputs=("profile.followers", "posts.comments", "posts.taken_at"),
    source="Our own: what remains measurable where likes are hidden (research 2a no. 12); not comparable with a rate "
    "that counts likes.",
    caveats=(_NOW, _YOUNG, _ABOVE),
    **_COMMON,
)
def comment_rate(facts: ProfileFacts) -> Found | Missing:
    return rate_by_followers(facts, choose(facts, COMMENTS), _comments, AVERAGES["median"])


@metric(
    ProfileFacts,
    key="comments_per_100_likes",
    method="shape.comments_per_100_likes.v1",
    label="Comments per 100 likes",
    unit=Unit.PERCENT,
    category="engagement",
    formula="All comments of the 12 latest posts, divided by all their likes, times 100.",
    maths="sum C_i / sum L_i x 100",
    inputs=("posts.likes", "posts.comments", "posts.taken_at"),
    minimum_sample=3,
    full_sample=LATEST,
    source="HypeAuditor `likes_comments_ratio`: comments per 100 likes; research 1a, [H1].",
    caveats=(_HIDDEN,),
)
def comments_per_100_likes(facts: ProfileFacts) -> Found | Missing:
    chosen = choose(facts, LIKES, COMMENTS)
    likes = sum(post.likes or 0 for post in chosen.posts)
    if not likes:
        reason = "The posts have no likes." if chosen.posts else why_no_posts(facts, chosen)
        return Missing(reason=reason, sample=chosen.sample, as_of=posts_as_of(facts))
    value = percent(sum(post.comments or 0 for post in chosen.posts), likes)
    return Found(value=value, sample=chosen.sample, as_of=posts_as_of(facts), flags=chosen.flags, doubts=chosen.doubts)


@metric(
    ProfileFacts,
    key="like_spread",
    method="shape.like_spread.v1",
    label="Like spread",
    unit=Unit.PERCENT,
    category="engagement",
    formula="Population standard deviation of the likes of the 12 latest posts, divided by their mean, times 100.",
    maths="sigma(L) / mean(L) x 100",
    inputs=("posts.likes", "posts.taken_at"),
    minimum_sample=3,
    full_sample=LATEST,
    source="HypeAuditor `likes_spread`: variation of likes between posts (its formula is not printed; this is the "
    "coefficient of variation); research 1a, [H1].",
    caveats=(_HIDDEN, "A very small spread is as unusual as a very large one."),
)
def like_spread(facts: ProfileFacts) -> Found | Missing:
    chosen = choose(facts, LIKES)
    likes = [float(post.likes or 0) for post in chosen.posts]
    if not likes or not fmean(likes):
        reason = "The posts have no likes." if likes else why_no_posts(facts, chosen)
        return Missing(reason=reason, sample=chosen.sample, as_of=posts_as_of(facts))
    value = percent(pstdev(likes), fmean(likes))
    return Found(value=value, sample=chosen.sample, as_of=posts_as_of(facts), flags=chosen.flags, doubts=chosen.doubts)


@metric(
    ProfileFacts,
    key="hidden_likes_share",
    method="shape.hidden_likes_share.v1",
    label="Posts with hidden likes",
    formula="Posts among the 12 latest whose like count is hidden, divided by these posts, times 100.",
    maths="n(hidden) / n x 100",
    inputs=("posts.likes_hidden", "posts.taken_at"),
    source="InsightIQ `posts_hidden_likes_percentage_value`; research 1a, [I3].",
    **_COMMON,
)
def hidden_likes_share(facts: ProfileFacts) -> Found | Missing:
    chosen = choose(facts)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=posts_as_of(facts))
    value = percent(sum(post.likes_hidden for post in chosen.posts), len(chosen.posts))
    return Found(value=value, sample=chosen.sample, as_of=posts_as_of(facts))
