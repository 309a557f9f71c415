"""Where every metric is defined once: the same entry computes the number and documents it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from .metric import Confidence, Metric, Sample, Status, Unit

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value that its inputs support. `doubts` lowers the confidence by so many levels."""

    value: Any
    sample: Sample
    as_of: datetime | None
    flags: tuple[str, ...] = ()
    doubts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """No value, and why, in a sentence a user can read."""

    reason: str
    sample: Sample
    as_of: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDefinition:
    """What `/methodology` publishes and what `compute_metrics` runs."""

    key: str
    """Where the metric stands in a report, e.g. `engagement_rate.followers.median`."""
    method: str
    """Id and version of the formula, e.g. `er.followers.median.v1`; a changed formula is a new version."""
    label: str
    unit: Unit
    category: str
    formula: str
    maths: str
    inputs: tuple[str, ...]
    minimum_sample: int
    full_sample: int
    """From here on the confidence is high; from half of it medium; below low."""
    source: str
    status: Status = Status.COMPUTED
    decimals: int = 4
    """Rounded once, at the end, half to even."""
    caveats: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """For tables: the keys of a row and what they hold."""
    published: Mapping[str, Any] = field(default_factory=dict)
    """Lists and constants that the formula uses."""
    fallback: str = ""
    """The key to read where this metric is unavailable."""
    subject: type
    compute: Callable[[Any], Found | Missing]

    def as_dict(self) -> dict[str, Any]:
        """The definition as the methodology page and API publish it."""
        return {
            "key": self.key,
            "method": self.method,
            "label": self.label,
            "unit": str(self.unit),
            "category": self.category,
            "status": str(self.status),
            "formula": self.formula,
            "maths": self.maths,
            "inputs": list(self.inputs),
            "minimum_sample": self.minimum_sample,
            "full_sample": self.full_sample,
            "decimals": self.decimals,
            "source": self.source,
            "caveats": list(self.caveats),
            "columns": dict(self.columns),
            "published": dict(self.published),
            "fallback": self.fallback,
        }


_definitions: dict[str, MetricDefinition] = {}


def register(definition: MetricDefinition) -> MetricDefinition:
    """Add a definition. A key or method that stands already is a mistake of the caller."""
    if definition.key in _definitions or definition.method in {known.method for known in _definitions.values()}:
        raise ValueError(f"{definition.key} ({definition.method}) is defined twice")
    _definitions[definition.key] = definition
    return definition


def metric(
    subject: type[Subject], **described: Any
) -> Callable[[Callable[[Subject], Found | Missing]], Callable[[Subject], Found | Missing]]:
    """Register the decorated pure function as the one way this metric is computed."""

    def add(compute: Callable[[Subject], Found | Missing]) -> Callable[[Subject], Found | Missing]:
        register(MetricDefinition(subject=subject, compute=compute, **described))
        return compute

    return add


def list_definitions() -> list[MetricDefinition]:
    """All definitions, in the order they were written."""
    return list(_definitions.values())


def find_definition(method: str) -> MetricDefinition | None:
    return next((known for known in _definitions.values() if known.method == method), None)


def compute_metrics(facts: object) -> dict[str, Metric]:
    """Every metric defined for this kind of facts, by key. What the facts cannot support is `unavailable`."""
    return {key: evaluate(known, facts) for key, known in _definitions.items() if known.subject is type(facts)}


def compute_metric(key: str, facts: object) -> Metric:
    """One metric by its key."""
    return evaluate(_definitions[key], facts)


def evaluate(definition: MetricDefinition, facts: object) -> Metric:
    answer = definition.compute(facts)
    if isinstance(answer, Found) and answer.sample.size < definition.minimum_sample:
        answer = Missing(reason=_too_few(definition, answer.sample), sample=answer.sample, as_of=answer.as_of)
    if isinstance(answer, Missing):
        return Metric(
            value=None,
            unit=definition.unit,
            as_of=answer.as_of,
            status=Status.UNAVAILABLE,
            method=definition.method,
            sample=answer.sample,
            confidence=Confidence.NONE,
            reason=answer.reason,
        )
    return Metric(
        value=_rounded(answer.value, definition.decimals),
        unit=definition.unit,
        as_of=answer.as_of,
        status=definition.status,
        method=definition.method,
        sample=answer.sample,
        confidence=_confidence(definition, answer),
        flags=answer.flags,
    )


def _too_few(definition: MetricDefinition, sample: Sample) -> str:
    return f"Needs at least {definition.minimum_sample} {sample.kind}; {sample.size} of {sample.of} can be used."


_LEVELS = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def _confidence(definition: MetricDefinition, answer: Found) -> Confidence:
    size = answer.sample.size
    level = 2 if size >= definition.full_sample else 1 if 2 * size >= definition.full_sample else 0
    return _LEVELS[max(0, level - answer.doubts)]


def _rounded(value: Any, decimals: int) -> Any:
    if isinstance(value, float):
        return round(value, decimals) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(item, decimals) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item, decimals) for item in value]
    return value
