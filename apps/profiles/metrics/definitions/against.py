"""One post against the creator's others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from apps.profiles.metrics.facts import PostFacts
from apps.profiles.metrics.metric import Sample, Unit
from apps.profiles.metrics.registry import Found, MetricDefinition, Missing, metric, register
from apps.profiles.metrics.sampling import COMMENTS, LIKES, PLAYS, RECENT, VIEWS, Requirement, post_sample

from .rates import engagement


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAmongOthers:
    """A post and the other latest posts of its creator."""

    post: PostFacts
    others: tuple[PostFacts, ...]
    as_of: datetime


MINIMUM = 3
_COUNTS: dict[str, tuple[Requirement, str]] = {
    "likes": (LIKES, "The likes of this post are hidden or unknown."),
    "comments": (COMMENTS, "The comment count of this post is unknown."),
    "views": (VIEWS, "This post shows no views."),
    "plays": (PLAYS, "This post shows no plays."),
}
_COMMON: dict[str, Any] = {
    "unit": Unit.PERCENT,
    "category": "post",
    "minimum_sample": MINIMUM,
    "full_sample": 24,
    "decimals": 1,
    "caveats": (
        f"The creator's other posts among the {RECENT} latest that are known, whatever their format.",
        "A post of today is still gathering what older ones have.",
    ),
}


def _sample(facts: PostAmongOthers, used: list[PostFacts], missing: str) -> Sample:
    left = len(facts.others) - len(used)
    return post_sample(used, of=len(facts.others), excluded=((missing, left),) if left else ())


def _against_median(name: str, needs: Requirement, lacking: str) -> Callable[[PostAmongOthers], Found | Missing]:
    def compute(facts: PostAmongOthers) -> Found | Missing:
        others = [post for post in facts.others if needs.holds(post)]
        sample = _sample(facts, others, needs.missing)
        if not needs.holds(facts.post):
            return Missing(reason=lacking, sample=sample, as_of=facts.as_of)
        usual = median([getattr(post, name) for post in others]) if others else 0
        if not usual:
            reason = f"The usual number of {name} is unknown or 0."
            return Missing(reason=reason, sample=sample, as_of=facts.as_of)
        value = 100 * getattr(facts.post, name) / usual
        return Found(value=value, sample=sample, as_of=facts.as_of, flags=facts.post.flags)

    return compute


for _name, (_needs, _lacking) in _COUNTS.items():
    register(
        MetricDefinition(
            key=f"post.against.{_name}",
            method=f"post.against.{_name}.v1",
            label=f"{_name.capitalize()} against the creator's other posts",
            formula=f"The {_name} of the post, divided by the median of the creator's other posts, times 100.",
            maths=f"{_name} / median over other posts of {_name} x 100",
            inputs=(f"post.{_name}", f"posts.{_name}"),
            source="HypeAuditor compares a post with the account's median likewise; the rule is ours.",
            subject=PostAmongOthers,
            compute=_against_median(_name, _needs, _lacking),
            **_COMMON,
        )
    )


@metric(
    PostAmongOthers,
    key="post.against.rank",
    method="post.against.rank.v1",
    label="Place among the creator's other posts",
    formula="Other posts with fewer likes and comments, and half of those with as many; divided by all, times 100.",
    maths="(n(below) + n(equal) / 2) / n x 100",
    inputs=("post.likes", "post.comments", "posts.likes", "posts.comments"),
    source="The midrank percentile, as in `er.peers.percentile.v1`.",
    **_COMMON,
)
def rank_among_others(facts: PostAmongOthers) -> Found | Missing:
    others = [post for post in facts.others if LIKES.holds(post) and COMMENTS.holds(post)]
    sample = _sample(facts, others, "counts_hidden")
    if not (LIKES.holds(facts.post) and COMMENTS.holds(facts.post)):
        reason = "The likes or comments of this post are hidden or unknown."
        return Missing(reason=reason, sample=sample, as_of=facts.as_of)
    if not others:
        reason = "No other post of this creator shows its likes and comments."
        return Missing(reason=reason, sample=sample, as_of=facts.as_of)
    own = engagement(facts.post)
    below = sum(engagement(post) < own for post in others)
    equal = sum(engagement(post) == own for post in others)
    return Found(value=100 * (below + equal / 2) / len(others), sample=sample, as_of=facts.as_of)
