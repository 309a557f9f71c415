"""Which posts are disclosed as paid, and how they do beside the others."""

from collections import Counter
from collections.abc import Callable
from statistics import median
from typing import Any

from apps.profiles.metrics.disclosure import find_disclosure, published_terms
from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import (
    COMMENTS,
    LIKES,
    RECENT,
    VIEWS,
    Requirement,
    choose,
    posts_as_of,
    why_no_posts,
)

from .rates import engagement

PER_SIDE = 3
FLAG = "platform_flag"


def sponsorship_of(post: PostFacts) -> str | None:
    """What says that a post is paid for: `platform_flag`, the disclosing term, or None."""
    if post.is_sponsored:
        return FLAG
    disclosure = find_disclosure(post.caption)
    return disclosure.term if disclosure else None


_COMMON: dict[str, Any] = {
    "category": "sponsorship",
    "published": {"disclosure": published_terms()},
    "full_sample": 24,
}
_DISCLOSED = (
    "A post is sponsored when Instagram's paid-partnership flag is set or its caption discloses it by a term of the "
    "published list; undisclosed advertising cannot be seen."
)


@metric(
    ProfileFacts,
    key="sponsored.share",
    method="sponsored.share.v1",
    label="Sponsored posts",
    unit=Unit.PERCENT,
    formula="Sponsored posts among the 50 latest, divided by these posts, times 100.",
    maths="n(sponsored) / n x 100",
    inputs=("posts.is_sponsored", "posts.caption", "posts.taken_at"),
    minimum_sample=1,
    source="Modash's rule: about 50 indicators such as #ad, #reklaam, or the in-platform flag; research 1a, [M2]; "
    "HypeAuditor `ad_posts.prc`, [H1].",
    caveats=(_DISCLOSED,),
    **_COMMON,
)
def sponsored_share(facts: ProfileFacts) -> Found | Missing:
    chosen = choose(facts, limit=RECENT)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=posts_as_of(facts))
    paid = sum(1 for post in chosen.posts if sponsorship_of(post))
    return Found(value=100 * paid / len(chosen.posts), sample=chosen.sample, as_of=posts_as_of(facts))


@metric(
    ProfileFacts,
    key="sponsored.terms",
    method="sponsored.terms.v1",
    label="What disclosed the sponsored posts",
    unit=Unit.TABLE,
    formula="For the sponsored posts among the 50 latest: what disclosed them, and how often.",
    maths="n(sponsored by term)",
    inputs=("posts.is_sponsored", "posts.caption", "posts.taken_at"),
    minimum_sample=1,
    source="The evidence behind `sponsored.share.v1`.",
    caveats=(_DISCLOSED,),
    columns={"term": f"the disclosing term, or `{FLAG}`", "posts": "posts", "shortcodes": "which posts"},
    **_COMMON,
)
def sponsored_terms(facts: ProfileFacts) -> Found | Missing:
    chosen = choose(facts, limit=RECENT)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=posts_as_of(facts))
    signs = [(sign, post.shortcode) for post in chosen.posts if (sign := sponsorship_of(post))]
    counts = Counter(sign for sign, _shortcode in signs)
    rows = [
        {"term": term, "posts": count, "shortcodes": sorted(code for sign, code in signs if sign == term and code)}
        for term, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Found(value=rows, sample=chosen.sample, as_of=posts_as_of(facts))


def _performance(
    facts: ProfileFacts, requirements: tuple[Requirement, ...], measure: Callable[[PostFacts], int]
) -> Found | Missing:
    chosen = choose(facts, *requirements, limit=RECENT)
    as_of = posts_as_of(facts)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=as_of)
    paid = [measure(post) for post in chosen.posts if sponsorship_of(post)]
    organic = [measure(post) for post in chosen.posts if not sponsorship_of(post)]
    if min(len(paid), len(organic)) < PER_SIDE:
        reason = f"Needs {PER_SIDE} sponsored and {PER_SIDE} other posts; there are {len(paid)} and {len(organic)}."
        return Missing(reason=reason, sample=chosen.sample, as_of=as_of)
    if not median(organic):
        return Missing(reason="The median of the other posts is 0.", sample=chosen.sample, as_of=as_of)
    value = 100 * median(paid) / median(organic)
    doubts = chosen.doubts + int(len(paid) < 2 * PER_SIDE)
    return Found(value=value, sample=chosen.sample, as_of=as_of, flags=chosen.flags, doubts=doubts)


@metric(
    ProfileFacts,
    key="sponsored.performance",
    method="sponsored.performance.engagement.v1",
    label="Paid post performance (engagement)",
    unit=Unit.PERCENT,
    formula="Median likes plus comments of sponsored posts, divided by that of the others; 100 % means equal. Over the "
    "50 latest posts.",
    maths="median(L + C | sponsored) / median(L + C | not sponsored) x 100",
    inputs=("posts.likes", "posts.comments", "posts.is_sponsored", "posts.caption", "posts.taken_at"),
    minimum_sample=2 * PER_SIDE,
    source="Modash `paidPostPerformance`: engagement rate of sponsored divided by that of other posts (followers "
    "cancel out); research section 3 no. 7, [M2], [U1].",
    caveats=(_DISCLOSED, "Hidden likes are left out.", f"At least {PER_SIDE} posts on each side."),
    **_COMMON,
)
def sponsored_performance(facts: ProfileFacts) -> Found | Missing:
    return _performance(facts, (LIKES, COMMENTS), engagement)


@metric(
    ProfileFacts,
    key="sponsored.performance.views",
    method="sponsored.performance.views.v1",
    label="Paid post performance (views)",
    unit=Unit.PERCENT,
    formula="Median views of sponsored videos, divided by that of the others; 100 % means equal. Over the 50 "
    "latest posts.",
    maths="median(V | sponsored) / median(V | not sponsored) x 100",
    inputs=("posts.views", "posts.is_sponsored", "posts.caption", "posts.taken_at"),
    minimum_sample=2 * PER_SIDE,
    source="Modash `paidPostPerformanceViews`; research 1a, [M2].",
    caveats=(_DISCLOSED, f"At least {PER_SIDE} videos with views on each side."),
    **_COMMON,
)
def sponsored_performance_views(facts: ProfileFacts) -> Found | Missing:
    return _performance(facts, (VIEWS,), lambda post: post.views or 0)
