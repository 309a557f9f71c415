"""The engine made of word lists."""

from collections.abc import Sequence
from math import exp

from apps.analysis.engines.base import Category, TextAnalysis
from apps.analysis.keywords import score_categories
from apps.analysis.taxonomy import taxonomy_version
from apps.analysis.text import normalise_text

from .language import detect_language
from .sentiment import judge_sentiment

_ENOUGH = 1.0


class RulesEngine:
    """Never fails, needs nothing but this repository; weaker than `local`, and says so by its confidence."""

    name = "rules"

    def __init__(self) -> None:
        self.version = f"1.{taxonomy_version()}"

    def analyse(self, texts: Sequence[str]) -> list[TextAnalysis]:
        return [self._read(normalise_text(text)) for text in texts]

    def _read(self, text: str) -> TextAnalysis:
        language = detect_language(text)
        scores = score_categories(text, language.code)
        return TextAnalysis(
            language=language,
            sentiment=judge_sentiment(text, language.code),
            category=choose_category(scores),
            engine=self.name,
            version=self.version,
            raw={
                "categories": {code: _chance(score, scores) for code, score in sorted(scores.items())},
                "category_evidence": {code: round(score, 2) for code, score in sorted(scores.items())},
            },
        )


def choose_category(scores: dict[str, float]) -> Category:
    """The category with most evidence; None below one clear word, or where two are level."""
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return Category(None, 0.0)
    best, top = ranked[0]
    level = len(ranked) > 1 and ranked[1][1] == top
    return Category(None if level or top < _ENOUGH else best, _chance(top, scores))


def _chance(score: float, scores: dict[str, float]) -> float:
    """Its share of all evidence, the less the fewer words there are."""
    return round(score / sum(scores.values()) * (1 - exp(-score / 2)), 4)
