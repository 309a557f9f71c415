"""What an engine is, and what it says about a text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

SentimentLabel = Literal["negative", "neutral", "positive"]
UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is ISO 639-1, or `und` where a text does not say (emoji, numbers, nothing)."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Sentiment:
    """`score` from -1 (negative) to 1 (positive); `confidence` from 0 to 1 belongs to the label."""

    label: SentimentLabel
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Category:
    """A code of the taxonomy, or None where the text does not tell; then `confidence` is that of the best guess."""

    label: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """One engine's answer for one text; `raw` is its own output, kept so that a result can be explained."""

    language: Language
    sentiment: Sentiment
    category: Category
    engine: str
    version: str
    raw: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The public form: language, sentiment, category, engine."""
        return {
            "language": {"code": self.language.code, "confidence": self.language.confidence},
            "sentiment": {
                "label": self.sentiment.label,
                "score": self.sentiment.score,
                "confidence": self.sentiment.confidence,
            },
            "category": {"label": self.category.label, "confidence": self.category.confidence},
            "engine": self.engine,
        }


@runtime_checkable
class Engine(Protocol):
    """Reads texts. `analyse` answers one result per text, in order, or raises `EngineFailed` for the whole batch."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def analyse(self, texts: Sequence[str]) -> list[TextAnalysis]: ...
