"""The chain: the first engine of `AI_ENGINES` that answers; each behind its own breaker."""

import math
from collections.abc import Sequence

import structlog
from django.conf import settings

from apps.analysis.errors import EngineFailed, EngineUnavailable
from apps.core.resilience import BreakerOpen, breaker, retrying

from .base import TextAnalysis
from .registry import get_engine

LAST_RESORT = "rules"
FAILURES, RESET_AFTER = 4, 120
log = structlog.get_logger(__name__)


def analyse_with_chain(texts: Sequence[str]) -> list[TextAnalysis]:
    """One result per text, in order, all of one engine. The rules engine answers when every other failed."""
    for name in settings.AI_ENGINES:
        try:
            return ask_engine(name, texts)
        except (EngineFailed, EngineUnavailable, BreakerOpen) as error:
            log.warning("analysis.engine_passed_over", engine=name, reason=error.code, detail=error.message)
    return get_engine(LAST_RESORT).analyse(texts)


def ask_engine(name: str, texts: Sequence[str]) -> list[TextAnalysis]:
    """Ask one engine, again after a failure, and count failures on its breaker.

    Raises `EngineUnavailable` (not installed), `EngineFailed` (did not answer properly) or `BreakerOpen`. The rules
    engine needs neither breaker nor retries.
    """
    if name == LAST_RESORT:
        return get_engine(name).analyse(texts)
    for attempt in retrying("ai", when=lambda error: isinstance(error, EngineFailed)):
        with attempt, breaker(f"ai.{name}", failures=FAILURES, reset_after=RESET_AFTER):
            return answer_directly(name, texts)
    raise EngineFailed


def find_preferred() -> tuple[str, str] | None:
    """(name, version) of the first engine of the chain that is installed; None where none is."""
    for name in (*settings.AI_ENGINES, LAST_RESORT):
        try:
            return name, get_engine(name).version
        except EngineUnavailable:
            continue
    return None


def answer_directly(name: str, texts: Sequence[str]) -> list[TextAnalysis]:
    """Ask one engine once, without breaker. Whatever it does wrong is an `EngineFailed`, so that a chain can go on."""
    engine = get_engine(name)
    try:
        results = engine.analyse(texts)
    except (EngineUnavailable, EngineFailed):
        raise
    except Exception as error:
        log.exception("analysis.engine_failed", engine=name, texts=len(texts))
        raise EngineFailed(f"The engine `{name}` failed: {type(error).__name__}.") from error
    if len(results) != len(texts) or not all(map(_is_sound, results)):
        raise EngineFailed(f"The engine `{name}` gave {len(results)} results for {len(texts)} texts, or not numbers.")
    return results


def _is_sound(result: TextAnalysis) -> bool:
    shares = (result.language.confidence, result.sentiment.confidence, result.category.confidence)
    return all(math.isfinite(share) and 0 <= share <= 1 for share in shares) and -1 <= result.sentiment.score <= 1
