"""When posts of this creator did better than usual."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from math import log1p
from statistics import fmean, pstdev
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import COMMENTS, LIKES, YOUNG, Requirement, choose, posts_as_of, why_no_posts

from .rates import engagement

WINDOW = 200
MINIMUM = 24
PER_SLOT = 3
_DATED = Requirement("undated", lambda post: post.taken_at is not None)


Scored = tuple[datetime, float]
Slot = tuple[int, ...]


def _standardised(posts: Iterable[PostFacts]) -> list[Scored] | None:
    """When each post was, and how many standard deviations its log engagement is from the mean; None if all equal."""
    pairs = [(post.taken_at.astimezone(UTC), log1p(engagement(post))) for post in posts if post.taken_at]
    values = [value for _moment, value in pairs]
    spread = pstdev(values)
    if spread < 1e-9:
        return None
    mean = fmean(values)
    return [(moment, (value - mean) / spread) for moment, value in pairs]


def _group(scored: list[Scored], slot_of: Callable[[datetime], Slot]) -> list[tuple[Slot, dict[str, Any]]]:
    """The slots in order, each with its number of posts and its score."""
    slots: dict[Slot, list[float]] = defaultdict(list)
    for moment, score in scored:
        slots[slot_of(moment)].append(score)
    return [(slot, _row(scores)) for slot, scores in sorted(slots.items())]


def _row(scores: list[float]) -> dict[str, Any]:
    """A slot with too few posts says how many it has and no score."""
    return {"posts": len(scores), "score": fmean(scores) if len(scores) >= PER_SLOT else None}


def _best(rows: list[dict[str, Any]]) -> list[int]:
    scored = [row for row in rows if row["score"] is not None and row["score"] > 0]
    return [row["hour"] for row in sorted(scored, key=lambda row: (-row["score"], row["hour"]))[:3]]


@metric(
    ProfileFacts,
    key="best_hours",
    method="timing.best_hours.v1",
    label="Best posting hours",
    unit=Unit.TABLE,
    category="activity",
    formula="Each of the 200 latest posts is scored by how many standard deviations its engagement (log of 1 + likes + "
    "comments) lies from the creator's mean; a slot's score is the mean of its posts, from 3 posts on.",
    maths="z_i = (ln(1 + L_i + C_i) - mean) / sigma; score(slot) = mean of z_i in slot, n >= 3",
    inputs=("posts.likes", "posts.comments", "posts.taken_at"),
    minimum_sample=MINIMUM,
    full_sample=100,
    decimals=3,
    source="Standardised engagement by weekday x hour, never raw sums, which only follow posting volume; research "
    "'Best time', [B1], [B2].",
    caveats=(
        "Times are UTC, not the audience's local time, which is not known.",
        "Posts younger than 24 hours are left out.",
        "It shows when posts did better, not that the hour made them do so.",
    ),
    columns={
        "time_zone": "UTC",
        "best": "up to three hours of the day with the highest score above 0",
        "by_hour": "[{hour 0-23, posts, score}]: score null below 3 posts",
        "by_weekday": "[{weekday 0 = Monday, posts, score}]",
        "cells": "[{weekday, hour, posts, score}]",
    },
    published={"minimum_posts_per_slot": PER_SLOT},
)
def best_hours(facts: ProfileFacts) -> Found | Missing:
    as_of = posts_as_of(facts)
    settled = Requirement("young", lambda post: post.taken_at is not None and post.taken_at <= as_of - YOUNG)
    chosen = choose(facts, _DATED, settled, LIKES, COMMENTS, limit=WINDOW)
    if not chosen.posts:
        return Missing(reason=why_no_posts(facts, chosen), sample=chosen.sample, as_of=as_of)
    if len(chosen.posts) < MINIMUM:
        reason = f"Needs at least {MINIMUM} posts with visible counts; {len(chosen.posts)} can be used."
        return Missing(reason=reason, sample=chosen.sample, as_of=as_of)
    scored = _standardised(chosen.posts)
    if scored is None:
        return Missing(reason="All posts have the same engagement.", sample=chosen.sample, as_of=as_of)
    by_hour = [{"hour": hour, **row} for (hour,), row in _group(scored, lambda at: (at.hour,))]
    by_weekday = [{"weekday": day, **row} for (day,), row in _group(scored, lambda at: (at.weekday(),))]
    both = _group(scored, lambda at: (at.weekday(), at.hour))
    cells = [{"weekday": day, "hour": hour, **row} for (day, hour), row in both]
    value = {
        "time_zone": "UTC",
        "best": _best(by_hour),
        "by_hour": by_hour,
        "by_weekday": by_weekday,
        "cells": cells,
    }
    return Found(value=value, sample=chosen.sample, as_of=as_of, flags=chosen.flags, doubts=chosen.doubts)
