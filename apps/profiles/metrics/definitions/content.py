"""Hashtags and mentions, each with its own engagement."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import COMMENTS, LIKES, RECENT, choose, posts_as_of, why_no_posts

from .rates import engagement, percent

LISTED = 30


def _engagement_rate(posts: Iterable[PostFacts], followers: int | None) -> tuple[float | None, int]:
    """(median rate in percent or None, posts it rests on)."""
    visible = [post for post in posts if LIKES.holds(post) and COMMENTS.holds(post)]
    if not visible or not followers:
        return None, 0
    return median(percent(engagement(post), followers) for post in visible), len(visible)


def _table(facts: ProfileFacts, column: str, terms_of: Callable[[PostFacts], set[str]]) -> Found | Missing:
    """The terms of the latest posts, most used first, then by name."""
    chosen = choose(facts, limit=RECENT)
    as_of = posts_as_of(facts)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=as_of)
    users: dict[str, list[PostFacts]] = defaultdict(list)
    for post in chosen.posts:
        for term in terms_of(post):
            users[term].append(post)
    rows: list[dict[str, Any]] = []
    for term, posts in sorted(users.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:LISTED]:
        rate, rated = _engagement_rate(posts, facts.followers)
        share = percent(len(posts), len(chosen.posts))
        rows.append({column: term, "posts": len(posts), "share": share, "engagement_rate": rate, "n": rated})
    return Found(value=rows, sample=chosen.sample, as_of=as_of, flags=chosen.flags, doubts=chosen.doubts)


_COMMON: dict[str, Any] = {
    "unit": Unit.TABLE,
    "category": "content",
    "minimum_sample": 1,
    "full_sample": 24,
}
_RATE_COLUMNS = {
    "posts": "posts that use it",
    "share": "percent of the posts looked at",
    "engagement_rate": "median of (likes + comments) / followers x 100 over these posts; null where none shows both",
    "n": "posts the rate rests on",
}


@metric(
    ProfileFacts,
    key="hashtags",
    method="content.hashtags.v1",
    label="Hashtags",
    formula="The hashtags of the 50 latest posts, most used first, each with the median engagement rate of its posts.",
    maths="median over posts i with the tag of (L_i + C_i) / F x 100",
    inputs=("posts.hashtags", "posts.likes", "posts.comments", "profile.followers"),
    source="HypeAuditor `blogger_hashtags`: hashtag with its own engagement rate; research 1a, [H1].",
    caveats=("The 30 most used are listed.", "Upper and lower case are one tag; a tag counts once a post."),
    columns={"tag": "without #, lower case", **_RATE_COLUMNS},
    **_COMMON,
)
def hashtags(facts: ProfileFacts) -> Found | Missing:
    return _table(facts, "tag", lambda post: {tag.lstrip("#").casefold() for tag in post.hashtags if tag.strip("#")})


@metric(
    ProfileFacts,
    key="mentions",
    method="content.mentions.v1",
    label="Mentions",
    formula="The accounts named in the captions of the 50 latest posts, most named first, each with the median "
    "engagement rate of its posts.",
    maths="median over posts i that name the account of (L_i + C_i) / F x 100",
    inputs=("posts.mentions", "posts.likes", "posts.comments", "profile.followers"),
    source="HypeAuditor `brand_mentions` with `mention_er`, Modash `mentions`; research 1a, [H1], [M10].",
    caveats=("The 30 most named are listed; the creator's own handle is left out.",),
    columns={"username": "without @, lower case", **_RATE_COLUMNS},
    **_COMMON,
)
def mentions(facts: ProfileFacts) -> Found | Missing:
    own = facts.username.casefold()
    return _table(
        facts,
        "username",
        lambda post: {name.lstrip("@").casefold() for name in post.mentions if name.strip("@")} - {own},
    )
