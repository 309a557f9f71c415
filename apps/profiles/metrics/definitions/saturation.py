"""How full of brands a feed is."""

from itertools import groupby
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import RECENT, choose, latest_posts, posts_as_of, why_no_posts

from .sponsorship import sponsorship_of

_COMMON: dict[str, Any] = {"category": "sponsorship", "minimum_sample": 6, "full_sample": 24}
_DISCLOSED = "Undisclosed advertising cannot be seen; what is disclosed how: `sponsored.share.v1`."


def _latest(facts: ProfileFacts) -> tuple[list[PostFacts], Missing | None]:
    posts = latest_posts(facts, RECENT)
    if posts:
        return posts, None
    chosen = choose(facts, limit=RECENT)
    return posts, Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=posts_as_of(facts))


def _found(facts: ProfileFacts, value: Any) -> Found:
    return Found(value=value, sample=choose(facts, limit=RECENT).sample, as_of=posts_as_of(facts))


def _named(facts: ProfileFacts, post: PostFacts) -> set[str]:
    return {name.lstrip("@").casefold() for name in post.mentions} - {facts.username.casefold(), ""}


@metric(
    ProfileFacts,
    key="mentions.saturation",
    method="mentions.saturation.v1",
    label="Posts that name another account",
    unit=Unit.PERCENT,
    formula="Of the 50 latest posts: those whose caption names an account other than the creator's own, times 100.",
    maths="n(naming) / n x 100",
    inputs=("posts.mentions", "posts.taken_at"),
    source="HypeAuditor's brand mentions per post; research 1a, [H1].",
    caveats=("A friend counts like a brand.",),
    **_COMMON,
)
def mention_saturation(facts: ProfileFacts) -> Found | Missing:
    posts, missing = _latest(facts)
    if missing:
        return missing
    return _found(facts, 100 * sum(bool(_named(facts, post)) for post in posts) / len(posts))


@metric(
    ProfileFacts,
    key="sponsored.brands",
    method="sponsored.brands.v1",
    label="Different accounts in paid posts, per ten posts",
    unit=Unit.RATIO,
    formula="Different accounts named in sponsored posts among the 50 latest, by the number of these posts, times 10.",
    maths="n(distinct accounts in sponsored posts) / n x 10",
    inputs=("posts.mentions", "posts.is_sponsored", "posts.caption", "posts.taken_at"),
    source="Our own: many brands in a short time make each of them less believed.",
    caveats=(_DISCLOSED, "A sponsored post that names nobody adds no brand."),
    **_COMMON,
)
def sponsored_brands(facts: ProfileFacts) -> Found | Missing:
    posts, missing = _latest(facts)
    if missing:
        return missing
    brands = {name for post in posts if sponsorship_of(post) for name in _named(facts, post)}
    return _found(facts, 10 * len(brands) / len(posts))


@metric(
    ProfileFacts,
    key="sponsored.run",
    method="sponsored.run.v1",
    label="Longest row of paid posts",
    unit=Unit.COUNT,
    formula="Of the 50 latest posts in the order of their times: the most sponsored ones that follow one another.",
    maths="max length of a run of sponsored posts",
    inputs=("posts.is_sponsored", "posts.caption", "posts.taken_at"),
    source="Our own: a feed that turns into a catalogue for a while.",
    caveats=(_DISCLOSED, "Posts of unknown time stand last."),
    **_COMMON,
)
def sponsored_run(facts: ProfileFacts) -> Found | Missing:
    posts, missing = _latest(facts)
    if missing:
        return missing
    runs = [len(list(group)) for paid, group in groupby(posts, key=lambda post: bool(sponsorship_of(post))) if paid]
    return _found(facts, max(runs, default=0))
