"""Follower growth, from stored snapshots and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from apps.profiles.metrics.facts import ProfileFacts, SnapshotFacts
from apps.profiles.metrics.metric import Sample, Unit
from apps.profiles.metrics.registry import Found, MetricDefinition, Missing, register

TOLERANCE_DAYS = {7: 2, 30: 5, 90: 10, 365: 30}
"""How far the snapshot nearest to the start of a window may be from it."""


def _counted(facts: ProfileFacts) -> list[SnapshotFacts]:
    return [snapshot for snapshot in facts.snapshots if snapshot.followers is not None]


def _sample(facts: ProfileFacts, window: tuple[datetime, datetime] | None = None) -> Sample:
    return Sample(size=2 if window else 0, of=len(_counted(facts)), kind="snapshots", window=window)


def _find_start(facts: ProfileFacts, days: int) -> SnapshotFacts | None:
    """The snapshot nearest to the start of the window, the earlier of two equally near; None beyond the tolerance."""
    start = facts.as_of - timedelta(days=days)
    nearest = min(
        _counted(facts), key=lambda snapshot: (abs(snapshot.taken_at - start), snapshot.taken_at), default=None
    )
    if nearest is None or abs(nearest.taken_at - start) > timedelta(days=TOLERANCE_DAYS[days]):
        return None
    return nearest


Change = Callable[[int, int], float | int]


def _growth(days: int, change: Change, *, relative: bool) -> Callable[[ProfileFacts], Found | Missing]:
    def compute(facts: ProfileFacts) -> Found | Missing:
        start = _find_start(facts, days)
        if facts.followers is None:
            return Missing(reason="The follower count is unknown.", sample=_sample(facts), as_of=facts.as_of)
        if start is None or start.followers is None:
            reason = (
                f"No snapshot within {TOLERANCE_DAYS[days]} days of {days} days ago; history starts with the first "
                "look-up here."
            )
            return Missing(reason=reason, sample=_sample(facts), as_of=facts.as_of)
        sample = _sample(facts, (start.taken_at, facts.as_of))
        if relative and not start.followers:
            reason = "The account had no followers at the start, so growth in percent is undefined."
            return Missing(reason=reason, sample=sample, as_of=facts.as_of)
        return Found(value=change(start.followers, facts.followers), sample=sample, as_of=facts.as_of)

    return compute


def _relative(start: int, end: int) -> float:
    return 100 * (end - start) / start


def _absolute(start: int, end: int) -> int:
    return end - start


for _days, _tolerance in TOLERANCE_DAYS.items():
    _common: dict[str, Any] = {
        "category": "growth",
        "inputs": ("profile.followers", "snapshots.followers", "snapshots.taken_at"),
        "minimum_sample": 2,
        "full_sample": 2,
        "caveats": (
            f"The start is the snapshot nearest to {_days} days ago, at most {_tolerance} days off.",
            "The sample says which span was measured; it is not scaled to the round number of days.",
            "History starts with the first look-up of the creator here.",
        ),
        "subject": ProfileFacts,
    }
    register(
        MetricDefinition(
            key=f"followers_growth.{_days}d",
            method=f"growth.followers.{_days}d.v1",
            label=f"Follower growth, {_days} days",
            unit=Unit.PERCENT,
            formula=f"Followers now minus followers {_days} days ago, divided by the latter, times 100.",
            maths="(F_t - F_0) / F_0 x 100",
            source="HypeAuditor prints percent per 7/30/90/365 days; the formula is the usual reading, not printed by "
            "it; research section 3 no. 9, [H1].",
            compute=_growth(_days, _relative, relative=True),
            **_common,
        )
    )
    register(
        MetricDefinition(
            key=f"followers_change.{_days}d",
            method=f"growth.followers_change.{_days}d.v1",
            label=f"Followers gained or lost, {_days} days",
            unit=Unit.COUNT,
            formula=f"Followers now minus followers {_days} days ago.",
            maths="F_t - F_0",
            source="The numerator of follower growth; research section 3 no. 9.",
            compute=_growth(_days, _absolute, relative=False),
            **_common,
        )
    )
