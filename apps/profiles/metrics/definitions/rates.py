"""Engagement of single posts, on which the rates stand."""

from collections.abc import Callable, Sequence
from statistics import fmean, median

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.registry import Found, Missing
from apps.profiles.metrics.sampling import Selection, posts_as_of, why_no_posts

Average = Callable[[Sequence[float]], float]
AVERAGES: dict[str, Average] = {"median": median, "mean": fmean}


def engagement(post: PostFacts) -> int:
    """Likes and comments of a post that shows both."""
    return (post.likes or 0) + (post.comments or 0)


def percent(part: float, whole: float) -> float:
    return 100 * part / whole


def rate_by_followers(
    facts: ProfileFacts, chosen: Selection, per_post: Callable[[PostFacts], int], average: Average
) -> Found | Missing:
    """Average over posts of `per_post` ÷ followers, in percent; refused where followers are unknown or none."""
    as_of = posts_as_of(facts)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=as_of)
    if not facts.followers:
        reason = "The follower count is unknown." if facts.followers is None else "The account has no followers."
        return Missing(reason=reason, sample=chosen.sample, as_of=as_of)
    value = average([percent(per_post(post), facts.followers) for post in chosen.posts])
    return rate(value, chosen, facts)


def rate(value: float, chosen: Selection, facts: ProfileFacts) -> Found:
    """A rate above 100 % is shown as it is, flagged, and trusted less."""
    odd = ("above_100_percent",) if value > 100 else ()
    return Found(
        value=value,
        sample=chosen.sample,
        as_of=posts_as_of(facts),
        flags=chosen.flags + odd,
        doubts=chosen.doubts + 2 * len(odd),
    )
