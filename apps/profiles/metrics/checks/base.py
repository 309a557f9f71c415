"""What a check is, and the published list of all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from apps.profiles.metrics.facts import AuthenticityFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a check measured, with what it rests on; `evidence` holds shortcodes, dates and numbers, in plain values."""

    value: float
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One reason to doubt. Its severity grows evenly from 0 at `fine` to 1 at `bad`, whichever is greater."""

    code: str
    label: str
    weight: int
    measures: str
    unit: str
    fine: float
    bad: float
    needs: str
    read: Callable[[AuthenticityFacts], Reading | str]
    """The reading, or why there is none."""

    def judge(self, value: float) -> float:
        """0 to 1, in whole percent, so that the score can be recomputed from what is shown."""
        return round(min(1.0, max(0.0, (value - self.fine) / (self.bad - self.fine))), 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found: severity 0 is clear; None says that it could not look, and `reason` why."""

    check: Check
    severity: float | None
    value: float | None = None
    reason: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        if self.severity is None:
            return "unavailable"
        return "raised" if self.severity > 0 else "clear"

    @property
    def points(self) -> float:
        """What it takes off, before the weights of the checks that could look are brought to 100."""
        return round(self.check.weight * (self.severity or 0), 2)


CHECKS: list[Check] = []


def check(**described: Any) -> Callable[[Callable[[AuthenticityFacts], Reading | str]], Check]:
    """Register the decorated function as the one way this is measured."""

    def add(read: Callable[[AuthenticityFacts], Reading | str]) -> Check:
        added = Check(read=read, **described)
        CHECKS.append(added)
        return added

    return add


def run_checks(facts: AuthenticityFacts) -> list[Finding]:
    """All checks, in the order of the published list."""
    return [_run(known, facts) for known in CHECKS]


def _run(known: Check, facts: AuthenticityFacts) -> Finding:
    reading = known.read(facts)
    if isinstance(reading, str):
        return Finding(check=known, severity=None, reason=reading)
    value = round(reading.value, 4)
    return Finding(check=known, severity=known.judge(value), value=value, evidence=reading.evidence)


def published_checks() -> list[dict[str, Any]]:
    """For `/methodology`: what is measured, from where to where it counts, and how much."""
    return [
        {
            "code": known.code,
            "label": known.label,
            "weight": known.weight,
            "measures": known.measures,
            "unit": known.unit,
            "fine": known.fine,
            "bad": known.bad,
            "needs": known.needs,
        }
        for known in CHECKS
    ]
