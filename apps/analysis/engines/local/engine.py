"""The embedded default engine."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.analysis.engines.base import Category, Language, TextAnalysis
from apps.analysis.engines.rules.sentiment import judge_sentiment
from apps.analysis.keywords import score_categories
from apps.analysis.taxonomy import taxonomy_version
from apps.analysis.text import has_letters, normalise_text, shorten

from .embedding import embed
from .heads import Heads, load_heads
from .language import identify_language

_WORTH_KEEPING = 0.001
"""Of all 27 chances, those that can matter when an author's posts are taken together."""


class LocalEngine:
    """Embeddings of multilingual-e5-small with trained heads, lingua for the language. 20 captions a second on 2 cores.

    Sentiment and category read the first 400 characters; keywords and the language read the whole caption up to
    Instagram's 2,200. A text without letters has language `und`, the sentiment of its emoji and no category unless
    its emoji leave no doubt.
    """

    name = "local"

    @property
    def version(self) -> str:
        return f"{load_heads().version}.{taxonomy_version()}"

    def analyse(self, texts: Sequence[str]) -> list[TextAnalysis]:
        heads = load_heads()
        full = [shorten(normalise_text(text), 2_200) for text in texts]
        short = [shorten(text) for text in full]
        worded = [index for index, text in enumerate(short) if has_letters(text)]
        vectors = dict(zip(worded, embed([short[index] for index in worded]), strict=True))
        return [self._read(heads, full[index], short[index], vectors.get(index)) for index in range(len(full))]

    def _read(self, heads: Heads, full: str, short: str, vector: NDArray[np.float32] | None) -> TextAnalysis:
        language = identify_language(full)
        evidence = score_categories(full, language.code)
        if vector is None:
            return self._without_words(full, evidence)
        chances = heads.rank_categories(vector, evidence)
        return TextAnalysis(
            language=language,
            sentiment=heads.judge_sentiment(vector, short),
            category=heads.choose_category(chances),
            engine=self.name,
            version=self.version,
            raw={
                "categories": {
                    code: round(float(chance), 4)
                    for code, chance in zip(heads.category_codes, chances, strict=True)
                    if chance >= _WORTH_KEEPING
                },
                "category_evidence": {code: round(score, 2) for code, score in sorted(evidence.items())},
            },
        )

    def _without_words(self, text: str, evidence: dict[str, float]) -> TextAnalysis:
        best = max(evidence.items(), key=lambda pair: pair[1], default=(None, 0.0))
        sole = best[0] if len(evidence) == 1 and best[1] >= 1 else None
        return TextAnalysis(
            language=Language("und", 0.0),
            sentiment=judge_sentiment(text, "und"),
            category=Category(sole, round(min(0.4, 0.2 * best[1]), 4)),
            engine=self.name,
            version=self.version,
            raw={"category_evidence": {code: round(score, 2) for code, score in sorted(evidence.items())}},
        )
