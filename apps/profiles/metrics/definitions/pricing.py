"""What a post, a reel and a story of a creator may cost, and what they are worth: estimates by a published table."""

from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts, find_size_tier
from apps.profiles.metrics.metric import Sample, Status, Unit
from apps.profiles.metrics.pricing import FIRST_RATES, PricingFacts
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import (
    COMMENTS,
    LATEST,
    LIKES,
    RECENT,
    VIDEO,
    VIEWS,
    Requirement,
    Selection,
    choose,
    posts_as_of,
    why_no_posts,
)

from .rates import engagement

FEED = Requirement("not_feed", lambda post: post.type in {"photo", "carousel"})
MINIMUM = 3
_RANGE = {
    "low": "dollars",
    "middle": "dollars: the mean of low and high",
    "high": "dollars",
    "impressions": "expected, what the price is worked out from",
    "rate_table": "number of the published table used",
}
_COMMON: dict[str, Any] = {
    "category": "pricing",
    "status": Status.ESTIMATED,
    "full_sample": LATEST,
    "decimals": 2,
    "published": {"rate_table_1": FIRST_RATES},
}
_CAVEAT = (
    "An estimate from public counts and the rate table, not an offer of the creator. The rates can be edited by the "
    "operator; each answer names the table it used."
)
_TABLE_INPUTS = ("rates.cpm", "rates.size_factor", "profile.followers")
Measure = Callable[[PostFacts], int]


def _engagements(facts: ProfileFacts) -> Selection:
    return choose(facts, FEED, LIKES, COMMENTS, limit=RECENT)


def _views(facts: ProfileFacts) -> Selection:
    return choose(facts, VIDEO, VIEWS, limit=RECENT)


def _median(chosen: Selection, measure: Measure) -> float:
    return float(median(measure(post) for post in chosen.posts[:LATEST]))


def _used(chosen: Selection) -> Sample:
    """The newest twelve of the usable posts."""
    return Selection(chosen.posts[:LATEST], chosen.of, chosen.excluded, chosen.young).sample


def _count_views(post: PostFacts) -> int:
    return post.views or 0


def _impressions(facts: PricingFacts, kind: str) -> Found | Missing:
    """Expected impressions of one post of a format, with the posts that they rest on."""
    profile, as_of = facts.profile, posts_as_of(facts.profile)
    if kind == "story":
        return _story_impressions(facts)
    chosen = _engagements(profile) if kind == "post" else _views(profile)
    if not chosen.posts:
        return Missing(reason=why_no_posts(profile, chosen), sample=chosen.sample, as_of=as_of)
    value = _median(chosen, engagement if kind == "post" else _count_views)
    if kind == "post":
        value *= facts.rates.impressions_per_engagement
    return Found(value=value, sample=_used(chosen), as_of=as_of, flags=chosen.flags, doubts=chosen.doubts)


def _story_impressions(facts: PricingFacts) -> Found | Missing:
    profile = facts.profile
    if profile.followers is None:
        sample = Sample(size=0, of=1, kind="profile")
        return Missing(reason="The follower count is unknown.", sample=sample, as_of=profile.as_of)
    value = profile.followers * facts.rates.story_reach_percent / 100
    flags = tuple(flag for flag in profile.flags if flag.startswith("followers"))
    sample = Sample(size=1, of=1, kind="profile")
    return Found(value=value, sample=sample, as_of=profile.as_of, flags=flags, doubts=1 + len(flags[:1]))


def _range(facts: PricingFacts, kind: str) -> Found | Missing:
    reach = _impressions(facts, kind)
    tier = find_size_tier(facts.profile.followers)
    if isinstance(reach, Missing):
        return reach
    if tier is None:
        reason = "The follower count is unknown, so the size tier is."
        return Missing(reason=reason, sample=reach.sample, as_of=reach.as_of)
    if not reach.value:
        return Missing(reason="Nobody reacts or watches: the median is 0.", sample=reach.sample, as_of=reach.as_of)
    factor = facts.rates.size_factor[tier[0]]
    low, high = (reach.value / 1000 * cpm * factor for cpm in facts.rates.cpm[kind])
    value = {
        "low": low,
        "middle": (low + high) / 2,
        "high": high,
        "impressions": float(round(reach.value)),
        "rate_table": facts.rates.version,
    }
    return Found(value=value, sample=reach.sample, as_of=reach.as_of, flags=reach.flags, doubts=reach.doubts)


def _per_engagement(facts: PricingFacts, kind: str, chosen: Selection) -> Found | Missing:
    """Middle of the price range ÷ median engagements of the posts that show both likes and comments."""
    price = _range(facts, kind)
    if isinstance(price, Missing):
        return price
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts.profile, chosen), sample=chosen.sample, as_of=price.as_of)
    each = _median(chosen, engagement)
    if not each:
        return Missing(reason="Nobody reacts: the median is 0.", sample=_used(chosen), as_of=price.as_of)
    value = price.value["middle"] / each
    return Found(value=value, sample=_used(chosen), as_of=price.as_of, flags=price.flags, doubts=price.doubts)


def _worth(facts: PricingFacts, kind: str) -> Found | Missing:
    reach = _impressions(facts, kind)
    if isinstance(reach, Missing):
        return reach
    value = reach.value / 1000 * facts.rates.emv_cpm
    return Found(value=value, sample=reach.sample, as_of=reach.as_of, flags=reach.flags, doubts=reach.doubts)


@metric(
    PricingFacts,
    key="price.post",
    method="price.post.v1",
    label="Price of a post",
    unit=Unit.TABLE,
    formula="Expected impressions of a photo or carousel (the median of likes plus comments over up to 12 of them, "
    "times the table's impressions per engagement), by the thousand, times the table's lowest and highest CPM and its "
    "factor for the creator's size.",
    maths="median(L_i + C_i) x k / 1000 x CPM x f(size)",
    inputs=("posts.likes", "posts.comments", "posts.type", "rates.impressions_per_engagement", *_TABLE_INPUTS),
    minimum_sample=MINIMUM,
    source="Impressions as MightyScout works them out: (likes + comments) x 8.7; research section 3 no. 11, [MS]. The "
    "range of CPM is the house's own.",
    caveats=(_CAVEAT, "Posts with hidden likes are left out."),
    columns=_RANGE,
    **_COMMON,
)
def price_post(facts: PricingFacts) -> Found | Missing:
    return _range(facts, "post")


@metric(
    PricingFacts,
    key="price.reel",
    method="price.reel.v1",
    label="Price of a reel",
    unit=Unit.TABLE,
    formula="The median of views over up to 12 reels and videos, by the thousand, times the table's lowest and highest "
    "CPM and its factor for the creator's size.",
    maths="median(V_i) / 1000 x CPM x f(size)",
    inputs=("posts.views", "posts.type", *_TABLE_INPUTS),
    minimum_sample=MINIMUM,
    source="Cost per thousand views, the terms of MightyScout's value of a video; research section 3 no. 11, [MS].",
    caveats=(_CAVEAT, "Videos without a view count are left out; plays, which count repeats, are not used."),
    columns=_RANGE,
    **_COMMON,
)
def price_reel(facts: PricingFacts) -> Found | Missing:
    return _range(facts, "reel")


@metric(
    PricingFacts,
    key="price.story",
    method="price.story.v1",
    label="Price of a story",
    unit=Unit.TABLE,
    formula="Followers times the table's reach of a story, by the thousand, times the table's lowest and highest CPM "
    "and its factor for the creator's size.",
    maths="F x r / 1000 x CPM x f(size)",
    inputs=("rates.story_reach_percent", *_TABLE_INPUTS),
    minimum_sample=1,
    source="MightyScout: story impressions are 3 % of the followers; research section 3 no. 11, [MS].",
    caveats=(_CAVEAT, "No story is ever read: it rests on the follower count alone, so the confidence is never high."),
    columns=_RANGE,
    **{**_COMMON, "full_sample": 1},
)
def price_story(facts: PricingFacts) -> Found | Missing:
    return _range(facts, "story")


@metric(
    PricingFacts,
    key="price.cpe.post",
    method="price.cpe.post.v1",
    label="Cost per engagement of a post",
    unit=Unit.USD,
    formula="The middle of the estimated price of a post, divided by the median of likes plus comments.",
    maths="P / median(L_i + C_i)",
    inputs=("price.post", "posts.likes", "posts.comments"),
    minimum_sample=MINIMUM,
    source="Upfluence: suggested price / (average likes + average comments); research section 3 no. 12, [U0].",
    caveats=(_CAVEAT,),
    **_COMMON,
)
def cpe_post(facts: PricingFacts) -> Found | Missing:
    return _per_engagement(facts, "post", _engagements(facts.profile))


@metric(
    PricingFacts,
    key="price.cpe.reel",
    method="price.cpe.reel.v1",
    label="Cost per engagement of a reel",
    unit=Unit.USD,
    formula="The middle of the estimated price of a reel, divided by the median of likes plus comments of the videos.",
    maths="P / median(L_i + C_i)",
    inputs=("price.reel", "posts.likes", "posts.comments"),
    minimum_sample=MINIMUM,
    source="Upfluence: suggested price / (average likes + average comments); research section 3 no. 12, [U0].",
    caveats=(_CAVEAT,),
    **_COMMON,
)
def cpe_reel(facts: PricingFacts) -> Found | Missing:
    return _per_engagement(facts, "reel", choose(facts.profile, VIDEO, VIEWS, LIKES, COMMENTS, limit=RECENT))


def _cost_per_thousand(facts: PricingFacts, kind: str) -> Found | Missing:
    price = _range(facts, kind)
    if isinstance(price, Missing):
        return price
    factor = price.value["middle"] / price.value["impressions"] if price.value["impressions"] else 0.0
    if not factor:
        return Missing(reason="No impressions are to be expected.", sample=price.sample, as_of=price.as_of)
    return Found(value=1000 * factor, sample=price.sample, as_of=price.as_of, flags=price.flags, doubts=price.doubts)


for _kind, _name in (("post", "a post"), ("reel", "a reel"), ("story", "a story")):
    metric(
        PricingFacts,
        key=f"price.cpm.{_kind}",
        method=f"price.cpm.{_kind}.v1",
        label=f"Cost per thousand impressions of {_name}",
        unit=Unit.USD,
        formula=f"The middle of the estimated price of {_name}, divided by its expected impressions, times 1,000.",
        maths="P / I x 1000",
        inputs=(f"price.{_kind}",),
        minimum_sample=1 if _kind == "story" else MINIMUM,
        source="Cost / impressions x 1,000; research section 3 no. 13, [A1], [L2].",
        caveats=(_CAVEAT, "As the price comes from the table's CPM, this shows the table's rate for the size."),
        **{**_COMMON, "full_sample": 1 if _kind == "story" else LATEST},
    )(partial(_cost_per_thousand, kind=_kind))
    metric(
        PricingFacts,
        key=f"emv.{_kind}",
        method=f"emv.{_kind}.v1",
        label=f"Earned media value of {_name}",
        unit=Unit.USD,
        formula=f"The expected impressions of {_name} by the thousand, times the table's CPM of paid media.",
        maths="I / 1000 x CPM_paid",
        inputs=(f"price.{_kind}", "rates.emv_cpm"),
        minimum_sample=1 if _kind == "story" else MINIMUM,
        source="MightyScout: impressions x CPM / 1,000, CPM 10 dollars on Instagram; research section 3 no. 11, [MS].",
        caveats=(_CAVEAT, "What paid media of the same size would cost; not what a post earns."),
        **{**_COMMON, "full_sample": 1 if _kind == "story" else LATEST},
    )(partial(_worth, kind=_kind))
