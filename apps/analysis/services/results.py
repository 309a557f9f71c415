"""Each caption text is read once per engine version, whoever wrote it and however often."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.analysis.engines import LAST_RESORT, TextAnalysis, find_preferred, get_engine
from apps.analysis.models import TextResult
from apps.analysis.text import hash_caption

from .texts import analyse_texts


@dataclass(frozen=True, slots=True)
class Reading:
    """`{caption hash: result}`, and which of them an engine had to read now, by whom and in how many milliseconds."""

    results: dict[str, TextResult] = field(default_factory=dict)
    read: dict[str, TextResult] = field(default_factory=dict)
    took_ms: int = 0

    @property
    def engine(self) -> tuple[str, str]:
        """(name, version) of who read, else of whose stored word was taken."""
        row = next(iter(self.read.values() or self.results.values()), None)
        return (row.engine, row.engine_version) if row else ("", "")

    @property
    def instead_of(self) -> str:
        """The preferred engine's name where another one had to answer."""
        preferred = find_preferred()
        return preferred[0] if preferred and self.read and self.engine[0] != preferred[0] else ""


def read_captions(captions: Iterable[str]) -> Reading:
    """A result for every caption: stored ones of the preferred engine, the rest read now and stored."""
    texts = {hash_caption(caption): caption for caption in captions}
    known = _find_known(set(texts), find_preferred())
    return _read(texts, known, engine=None)


def read_at_once(captions: Iterable[str]) -> dict[str, TextResult]:
    """As `read_captions`, but what is not stored is read by the rules: milliseconds, and no model is loaded."""
    texts = {hash_caption(caption): caption for caption in captions}
    rules = (LAST_RESORT, get_engine(LAST_RESORT).version)
    known = _find_known(set(texts), rules) | _find_known(set(texts), find_preferred())
    return _read(texts, known, engine=LAST_RESORT).results


def _read(texts: dict[str, str], known: dict[str, TextResult], *, engine: str | None) -> Reading:
    missing = [key for key in texts if key not in known]
    started = time.monotonic()
    answers = analyse_texts([texts[key] for key in missing], engine)
    took_ms = round(1000 * (time.monotonic() - started))
    read = _store(dict(zip(missing, answers, strict=True)))
    return Reading(results=known | read, read=read, took_ms=took_ms)


def _find_known(keys: set[str], engine_version: tuple[str, str] | None) -> dict[str, TextResult]:
    if not keys or engine_version is None:
        return {}
    engine, version = engine_version
    rows = TextResult.objects.filter(caption_hash__in=keys, engine=engine, engine_version=version)
    return {row.caption_hash: row for row in rows}


def _store(answers: dict[str, TextAnalysis]) -> dict[str, TextResult]:
    """Insert what is new; where another worker was first, its row stands."""
    if not answers:
        return {}
    TextResult.objects.bulk_create([_row(key, answer) for key, answer in answers.items()], ignore_conflicts=True)
    first = next(iter(answers.values()))
    stored = TextResult.objects.filter(caption_hash__in=answers, engine=first.engine, engine_version=first.version)
    return {row.caption_hash: row for row in stored}


def _row(key: str, answer: TextAnalysis) -> TextResult:
    return TextResult(
        caption_hash=key,
        engine=answer.engine,
        engine_version=answer.version,
        language=answer.language.code,
        language_confidence=answer.language.confidence,
        sentiment=answer.sentiment.label,
        sentiment_score=answer.sentiment.score,
        sentiment_confidence=answer.sentiment.confidence,
        category=answer.category.label,
        category_confidence=answer.category.confidence,
        raw=answer.raw,
    )
