"""The envelope every number travels in."""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a value came to be."""

    OBSERVED = "observed"
    COMPUTED = "computed"
    ESTIMATED = "estimated"
    UNAVAILABLE = "unavailable"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


class Unit(StrEnum):
    PERCENT = "percent"
    RATIO = "ratio"
    COUNT = "count"
    PER_WEEK = "per_week"
    SCORE = "score"
    """From -1 to 1."""
    POINTS = "points"
    """From 0 to 100."""
    USD = "usd"
    LABEL = "label"
    TABLE = "table"
    """The value is a list of rows or an object; the definition describes its keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the value rests on: how many items were used, of how many there were, and why some were left out."""

    size: int
    of: int
    kind: str
    excluded: tuple[tuple[str, int], ...] = ()
    window: tuple[datetime, datetime] | None = None

    def as_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {"size": self.size, "of": self.of, "kind": self.kind, "excluded": dict(self.excluded)}
        if self.window:
            data["from"], data["to"] = (moment.isoformat() for moment in self.window)
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A value with its unit, time, method and sample. `unavailable` has no value and always a reason."""

    value: Any
    unit: Unit
    as_of: datetime | None
    status: Status
    method: str
    sample: Sample
    confidence: Confidence
    reason: str = ""
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.status is Status.UNAVAILABLE) != (self.value is None):
            raise ValueError(f"{self.method}: a value and `unavailable` exclude each other")
        if self.value is None and not self.reason:
            raise ValueError(f"{self.method}: unavailable needs a reason")
        _refuse_unreal(self.method, self.value)

    @property
    def available(self) -> bool:
        return self.value is not None

    def as_dict(self) -> dict[str, Any]:
        """The metric envelope of the public contract; `reason` and `flags` only where there are any."""
        data: dict[str, Any] = {
            "value": self.value,
            "unit": str(self.unit),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "status": str(self.status),
            "method": self.method,
            "sample": self.sample.as_dict(),
            "confidence": str(self.confidence),
        }
        if self.reason:
            data["reason"] = self.reason
        if self.flags:
            data["flags"] = list(self.flags)
        return data


def _refuse_unreal(method: str, value: Any) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{method}: not a number")
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            _refuse_unreal(method, item)
