"""How well kept a creator's content is: a score that adds up from published parts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Sample, Status, Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import (
    COMMENTS,
    LIKES,
    RECENT,
    choose,
    latest_posts,
    posts_as_of,
    why_no_posts,
)
from apps.profiles.metrics.wording import bare_text, is_long

from .rates import engagement

MINIMUM_POSTS, MINIMUM_PARTS = 6, 3
MANY_TAGS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: 0 (bad) to 100 (good), or why it cannot be told."""

    code: str
    label: str
    weight: int
    measures: str
    read: Callable[[ProfileFacts, list[PostFacts]], float | str]


def _captions(_facts: ProfileFacts, posts: list[PostFacts]) -> float | str:
    return 100 * sum(is_long(bare_text(post.caption)) for post in posts) / len(posts)


def _originality(_facts: ProfileFacts, posts: list[PostFacts]) -> float | str:
    texts = [words for post in posts if (words := bare_text(post.caption))]
    if len(texts) < MINIMUM_POSTS:
        return f"Needs {MINIMUM_POSTS} posts with a caption; there are {len(texts)}."
    return 100 * len(set(texts)) / len(texts)


def _regularity(_facts: ProfileFacts, posts: list[PostFacts]) -> float | str:
    times = sorted(post.taken_at for post in posts if post.taken_at and not post.is_pinned)
    if len(times) < MINIMUM_POSTS:
        return f"Needs {MINIMUM_POSTS} posts of known time; there are {len(times)}."
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    usual = median(gaps)
    if not usual:
        return "The posts were made at the same time."
    within = sum(gap <= 2 * usual for gap in gaps)
    return 100 * within / len(gaps)


def _reception(_facts: ProfileFacts, posts: list[PostFacts]) -> float | str:
    values = [engagement(post) for post in posts if LIKES.holds(post) and COMMENTS.holds(post)]
    if len(values) < MINIMUM_POSTS:
        return f"Needs {MINIMUM_POSTS} posts that show likes and comments; there are {len(values)}."
    usual = median(values)
    if not usual:
        return "Nobody liked or commented on most of the posts."
    return 100 * sum(value >= usual / 2 for value in values) / len(values)


def _restraint(_facts: ProfileFacts, posts: list[PostFacts]) -> float | str:
    return 100 * sum(len(post.hashtags) <= MANY_TAGS for post in posts) / len(posts)


def _variety(_facts: ProfileFacts, posts: list[PostFacts]) -> float | str:
    counts = Counter(post.type for post in posts)
    return min(100.0, 50.0 * len([kind for kind, count in counts.items() if 10 * count >= len(posts)]))


PARTS: tuple[Part, ...] = (
    Part("captions", "Captions that say something", 25, "Posts whose caption has three words or more.", _captions),
    Part("originality", "Captions of their own", 20, "Different captions among those with words.", _originality),
    Part("regularity", "Steady posting", 20, "Gaps between posts of at most twice the median gap.", _regularity),
    Part("reception", "Steady reception", 20, "Posts with at least half the median likes and comments.", _reception),
    Part("restraint", "Few hashtags", 10, f"Posts with at most {MANY_TAGS} hashtags.", _restraint),
    Part("variety", "More than one format", 5, "50 for each format of at least a tenth of the posts.", _variety),
)
_COMMON: dict[str, Any] = {
    "category": "content",
    "inputs": (
        "posts.caption", "posts.hashtags", "posts.taken_at", "posts.type", "posts.likes", "posts.comments",
    ),
    "published": {
        "parts": [
            {"code": part.code, "label": part.label, "weight": part.weight, "measures": part.measures}
            for part in PARTS
        ],
        "minimum_posts": MINIMUM_POSTS,
    },
    "caveats": (
        "It measures craft that can be counted, not taste: a plain feed of great pictures may score low.",
        "A part whose inputs are missing drops out with its weight.",
    ),
}  # fmt: skip


def _read_parts(facts: ProfileFacts, posts: list[PostFacts]) -> list[tuple[Part, float | str]]:
    found = [(part, part.read(facts, posts)) for part in PARTS]
    return [(part, round(value, 2) if isinstance(value, float) else value) for part, value in found]


def _gather(facts: ProfileFacts) -> tuple[list[PostFacts], Sample, Missing | None]:
    chosen = choose(facts, limit=RECENT)
    posts = latest_posts(facts, RECENT)
    if posts:
        return posts, chosen.sample, None
    return posts, chosen.sample, Missing(
        reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=posts_as_of(facts)
    )  # fmt: skip


@metric(
    ProfileFacts,
    key="content.quality",
    method="content.quality.v1",
    label="Content quality",
    unit=Unit.POINTS,
    formula="The mean of the published parts, each from 0 to 100 over the 50 latest posts, weighted by their weights; "
    "parts that cannot be told drop out.",
    maths="sum(w_i x p_i) / sum(w_i)",
    minimum_sample=MINIMUM_POSTS,
    full_sample=24,
    decimals=1,
    status=Status.ESTIMATED,
    source="Our own; every part and weight is published.",
    **_COMMON,
)
def content_quality(facts: ProfileFacts) -> Found | Missing:
    posts, sample, missing = _gather(facts)
    if missing:
        return missing
    told = [(part, value) for part, value in _read_parts(facts, posts) if isinstance(value, float)]
    if len(told) < MINIMUM_PARTS:
        reason = f"Needs {MINIMUM_PARTS} parts that can be told; there are {len(told)}."
        return Missing(reason=reason, sample=sample, as_of=posts_as_of(facts))
    value = sum(part.weight * score for part, score in told) / sum(part.weight for part, _score in told)
    return Found(value=value, sample=sample, as_of=posts_as_of(facts), doubts=int(len(told) < len(PARTS)))


@metric(
    ProfileFacts,
    key="content.quality.parts",
    method="content.quality.parts.v1",
    label="Parts of the content quality",
    unit=Unit.TABLE,
    formula="Each part of the score with its value and weight.",
    maths="p_i of `content.quality.v1`",
    minimum_sample=MINIMUM_POSTS,
    full_sample=24,
    decimals=2,
    source="The terms of `content.quality.v1`.",
    columns={
        "code": "of the published list", "label": "in words", "weight": "its weight",
        "value": "0 to 100; null where it cannot be told", "reason": "why not, else empty",
    },
    **_COMMON,
)  # fmt: skip
def content_quality_parts(facts: ProfileFacts) -> Found | Missing:
    posts, sample, missing = _gather(facts)
    if missing:
        return missing
    rows = [
        {
            "code": part.code,
            "label": part.label,
            "weight": part.weight,
            "value": value if isinstance(value, float) else None,
            "reason": "" if isinstance(value, float) else value,
        }
        for part, value in _read_parts(facts, posts)
    ]
    return Found(value=rows, sample=sample, as_of=posts_as_of(facts))
