"""How the engines do: who is installed, how fast they read, how often another one had to answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from apps.analysis.engines import LAST_RESORT, get_engine, list_engine_names
from apps.analysis.errors import EngineUnavailable
from apps.analysis.models import AnalysisLog, ProfileAnalysis
from apps.core.resilience import BreakerState, breaker_states

LOOKED_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EngineState:
    """One engine: its place in the chain (None: not in it), version (None: not installed) and the last day's work."""

    name: str
    place: int | None
    version: str | None
    breaker: BreakerState | None
    texts: int
    batches: int
    seconds: float
    passed_over: int
    last_at: datetime | None

    @property
    def texts_a_second(self) -> float | None:
        return self.texts / self.seconds if self.seconds else None


def list_engine_states() -> list[EngineState]:
    """The engines of the chain in its order, then the others that are installed. Loads no model."""
    chain = list(dict.fromkeys([*settings.AI_ENGINES, LAST_RESORT]))
    others = [name for name in list_engine_names() if name not in chain]
    breakers, work = breaker_states(), _sum_up_work()
    return [
        _describe(name, place=place if place <= len(chain) else None, breakers=breakers, work=work)
        for place, name in enumerate([*chain, *others], start=1)
    ]


def count_categories() -> dict[str | None, int]:
    """`{category: creators}` by their primary category."""
    rows = ProfileAnalysis.objects.values_list("primary_category").annotate(number=Count("pk")).order_by()
    return dict(rows)


def _describe(
    name: str, *, place: int | None, breakers: dict[str, BreakerState], work: dict[str, dict[str, Any]]
) -> EngineState:
    mine = work.get(name, {})
    return EngineState(
        name=name,
        place=place,
        version=_find_version(name),
        breaker=breakers.get(f"ai.{name}"),
        texts=mine.get("texts", 0),
        batches=mine.get("batches", 0),
        seconds=mine.get("took_ms", 0) / 1000,
        passed_over=mine.get("passed_over", 0),
        last_at=mine.get("last_at"),
    )


def _find_version(name: str) -> str | None:
    try:
        return get_engine(name).version
    except EngineUnavailable:
        return None


def _sum_up_work() -> dict[str, dict[str, Any]]:
    steps = AnalysisLog.objects.filter(at__gt=timezone.now() - LOOKED_BACK, texts_read__gt=0).order_by()
    work: dict[str, dict[str, Any]] = {}
    for row in steps.values("engine").annotate(
        texts=Sum("texts_read"), batches=Count("pk"), took_ms=Sum("took_ms"), last_at=Max("at")
    ):
        work[row["engine"]] = dict(row)
    for name, number in steps.filter(~Q(instead_of="")).values_list("instead_of").annotate(number=Count("pk")):
        work.setdefault(name, {"texts": 0, "batches": 0, "took_ms": 0, "last_at": None})["passed_over"] = number
    return work
