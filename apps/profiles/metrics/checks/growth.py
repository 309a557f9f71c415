"""Followers that come or go faster than people do."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from apps.profiles.metrics.facts import AuthenticityFacts, SnapshotFacts

from .base import Reading, check

MINIMUM_STEPS = 4
MINIMUM_SPAN = timedelta(days=14)
WINDOW = timedelta(days=365)
_NEEDS = "Five follower counts over two weeks or more, within the last year."


@dataclass(frozen=True, slots=True)
class Step:
    """What changed between two counts, in percent a day. Counts less than a day apart are taken as a day apart."""

    start: SnapshotFacts
    end: SnapshotFacts
    rate: float

    @property
    def evidence(self) -> dict[str, object]:
        return {
            "from": self.start.taken_at.isoformat(),
            "to": self.end.taken_at.isoformat(),
            "followers_before": self.start.followers,
            "followers_after": self.end.followers,
            "percent_a_day": round(self.rate, 4),
        }


def list_steps(facts: AuthenticityFacts) -> list[Step] | str:
    """The steps between the stored counts of the last year, or why there are too few."""
    since = facts.profile.as_of - WINDOW
    counted = sorted(
        (row for row in facts.profile.snapshots if row.followers and row.taken_at >= since),
        key=lambda row: row.taken_at,
    )
    if len(counted) <= MINIMUM_STEPS or counted[-1].taken_at - counted[0].taken_at < MINIMUM_SPAN:
        return f"{_NEEDS} {len(counted)} are stored: history starts with the first look-up here."
    return [Step(start, end, _rate(start, end)) for start, end in pairwise(counted)]


def _rate(start: SnapshotFacts, end: SnapshotFacts) -> float:
    days = max(1.0, (end.taken_at - start.taken_at) / timedelta(days=1))
    before, after = start.followers or 0, end.followers or 0
    return 100 * (after - before) / before / days


@check(
    code="growth_spike",
    label="Followers jumped",
    weight=20,
    measures="The fastest growth between two stored counts.",
    unit="percent a day",
    fine=2.0,
    bad=8.0,
    needs=_NEEDS,
)
def growth_spike(facts: AuthenticityFacts) -> Reading | str:
    steps = list_steps(facts)
    if isinstance(steps, str):
        return steps
    fastest = max(steps, key=lambda step: step.rate)
    return Reading(value=max(0.0, fastest.rate), evidence=fastest.evidence)


@check(
    code="growth_drop",
    label="Followers vanished",
    weight=10,
    measures="The fastest loss between two stored counts, as when bought followers are purged.",
    unit="percent a day",
    fine=0.5,
    bad=3.0,
    needs=_NEEDS,
)
def growth_drop(facts: AuthenticityFacts) -> Reading | str:
    steps = list_steps(facts)
    if isinstance(steps, str):
        return steps
    fastest = min(steps, key=lambda step: step.rate)
    return Reading(value=max(0.0, -fastest.rate), evidence=fastest.evidence)
