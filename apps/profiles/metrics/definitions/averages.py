"""Averages of the plain counts, over all posts and by format."""

from collections.abc import Callable, Sequence
from statistics import fmean, median
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, MetricDefinition, Missing, metric, register
from apps.profiles.metrics.sampling import (
    COMMENTS,
    LATEST,
    LIKES,
    PLAYS,
    RECENT,
    VIEWS,
    Requirement,
    choose,
    posts_as_of,
    why_no_posts,
)

from .rates import AVERAGES, Average

_COUNTS: dict[str, tuple[Requirement, str]] = {
    "likes": (LIKES, "Hidden likes are left out and counted in the sample."),
    "comments": (COMMENTS, "Posts whose comment count is unknown are left out."),
    "views": (VIEWS, "Only posts with a view count above 0."),
    "plays": (PLAYS, "Only posts with a play count above 0; plays count repeats."),
}


def _average_of(name: str, needs: Requirement, average: Average) -> Callable[[ProfileFacts], Found | Missing]:
    def compute(facts: ProfileFacts) -> Found | Missing:
        chosen = choose(facts, needs)
        as_of = posts_as_of(facts)
        if not chosen.posts:
            return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=as_of)
        value = float(average([getattr(post, name) for post in chosen.posts]))
        return Found(value=value, sample=chosen.sample, as_of=as_of, flags=chosen.flags, doubts=chosen.doubts)

    return compute


for _name, (_needs, _caveat) in _COUNTS.items():
    for _kind, _average in AVERAGES.items():
        register(
            MetricDefinition(
                key=f"{_name}.{_kind}",
                method=f"avg.{_name}.{_kind}.v1",
                label=f"{_name.capitalize()} per post ({_kind})",
                unit=Unit.COUNT,
                category="averages",
                formula=f"The {_kind} of the {_name} of the 12 latest posts.",
                maths=f"{_kind} over posts i of {_name}_i",
                inputs=(f"posts.{_name}", "posts.taken_at"),
                minimum_sample=1,
                full_sample=LATEST,
                decimals=2,
                source="Averages as Modash, InsightIQ and HypeAuditor list them, over 12 posts; research 1a.",
                caveats=(_caveat,),
                subject=ProfileFacts,
                compute=_average_of(_name, _needs, _average),
            )
        )


def _cell(posts: Sequence[PostFacts], name: str, needs: Requirement) -> dict[str, Any]:
    counts = [getattr(post, name) for post in posts if needs.holds(post)]
    if not counts:
        return {"mean": None, "median": None, "n": 0}
    return {"mean": round(fmean(counts), 2), "median": round(float(median(counts)), 2), "n": len(counts)}


@metric(
    ProfileFacts,
    key="formats",
    method="avg.by_format.v1",
    label="Averages by format",
    unit=Unit.TABLE,
    category="averages",
    formula="The 50 latest posts by format, each with mean and median of likes, comments, views and plays.",
    maths="mean, median over posts i of one format",
    inputs=("posts.type", "posts.likes", "posts.comments", "posts.views", "posts.plays", "posts.taken_at"),
    minimum_sample=1,
    full_sample=RECENT,
    source="Modash `statsByContentType`, InsightIQ `average_reels_views`; research 1a, [M10], [I3].",
    caveats=("Every cell carries its own n; a cell without data is null.",),
    columns={
        "format": "photo, video, carousel or reel",
        "posts": "posts of this format",
        "share": "percent of the posts",
        "likes, comments, views, plays": "{mean, median, n}: null where no post shows the count",
    },
)
def formats(facts: ProfileFacts) -> Found | Missing:
    chosen = choose(facts, limit=RECENT)
    as_of = posts_as_of(facts)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=as_of)
    rows: list[dict[str, Any]] = []
    for kind in sorted({post.type for post in chosen.posts}):
        posts = [post for post in chosen.posts if post.type == kind]
        cells = {name: _cell(posts, name, needs) for name, (needs, _caveat) in _COUNTS.items()}
        rows.append({"format": kind, "posts": len(posts), "share": 100 * len(posts) / len(chosen.posts), **cells})
    rows.sort(key=lambda row: (-row["posts"], row["format"]))
    return Found(value=rows, sample=chosen.sample, as_of=as_of, flags=chosen.flags, doubts=chosen.doubts)
