"""Metrics of one post, as a report shows them beside it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.profiles.metrics.facts import PostFacts
from apps.profiles.metrics.metric import Sample, Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import COMMENTS, LIKES, YOUNG

from .rates import engagement, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInContext:
    """A post with what its rates divide by."""

    post: PostFacts
    followers: int | None
    as_of: datetime


_USED = Sample(size=1, of=1, kind="posts")
_UNUSED = Sample(size=0, of=1, kind="posts")
_COMMON: dict[str, Any] = {
    "unit": Unit.PERCENT,
    "category": "post",
    "minimum_sample": 1,
    "full_sample": 1,
    "caveats": ("A post with hidden likes has none.", "Divides by today's followers or the views so far."),
}


def _rate(context: PostInContext, whole: int | None, missing: str) -> Found | Missing:
    post = context.post
    if not LIKES.holds(post):
        return Missing(reason="The likes are hidden or unknown.", sample=_UNUSED, as_of=context.as_of)
    if not COMMENTS.holds(post):
        return Missing(reason="The comment count is unknown.", sample=_UNUSED, as_of=context.as_of)
    if not whole:
        return Missing(reason=missing, sample=_UNUSED, as_of=context.as_of)
    value = percent(engagement(post), whole)
    young = bool(post.taken_at and post.taken_at > context.as_of - YOUNG)
    flags = (*post.flags, *(("young_posts",) if young else ()), *(("above_100_percent",) if value > 100 else ()))
    return Found(value=value, sample=_USED, as_of=context.as_of, flags=flags, doubts=min(2, len(flags)))


@metric(
    PostInContext,
    key="post.engagement_rate.followers",
    method="post.er.followers.v1",
    label="Engagement rate of a post (by followers)",
    formula="Likes plus comments of the post, divided by the creator's followers.",
    maths="(L + C) / F x 100",
    inputs=("post.likes", "post.comments", "profile.followers"),
    source="The term of `er.followers.median.v1`; research section 3 no. 1.",
    **_COMMON,
)
def post_rate_by_followers(context: PostInContext) -> Found | Missing:
    return _rate(context, context.followers, "The follower count is unknown or 0.")


@metric(
    PostInContext,
    key="post.engagement_rate.views",
    method="post.er.views.v1",
    label="Engagement rate of a post (by views)",
    formula="Likes plus comments of the post, divided by its views.",
    maths="(L + C) / V x 100",
    inputs=("post.likes", "post.comments", "post.views"),
    source="Primetag: (likes + comments) / views; research section 3 no. 2, [PT].",
    **_COMMON,
)
def post_rate_by_views(context: PostInContext) -> Found | Missing:
    return _rate(context, context.post.views, "The view count is unknown or 0.")
