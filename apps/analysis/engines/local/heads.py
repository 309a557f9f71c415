"""The trained light heads: small matrices on top of embeddings, n-grams and keyword evidence.

`heads.npz` is written by `manage.py train_heads`; `heads.json` beside it says from what data, and how well it does.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.engines.base import Category, Sentiment
from apps.analysis.errors import EngineUnavailable

from .features import count_ngrams, weigh_ngrams

HEADS_FILE = Path(__file__).with_name("heads.npz")
SCORES_FILE = Path(__file__).with_name("heads.json")
SENTIMENTS = ("negative", "neutral", "positive")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heads:
    """Dequantised weights. Rows are classes; embeddings are centred and scaled before they are multiplied."""

    version: str
    centre: Floats
    scale: Floats
    sentiment_embedding: Floats
    sentiment_ngrams: Floats
    sentiment_bias: Floats
    idf: Floats
    category_embedding: Floats
    category_bias: Floats
    category_prior: Floats
    category_codes: tuple[str, ...]
    temperature: float
    keyword_weight: float
    category_threshold: float

    def judge_sentiment(self, vector: Floats, text: str) -> Sentiment:
        """Label with the highest probability; score = P(positive) - P(negative)."""
        buckets, weights = weigh_ngrams(count_ngrams(text), self.idf)
        standard = (vector - self.centre) / self.scale
        logits = self.sentiment_embedding @ standard + self.sentiment_ngrams[:, buckets] @ weights
        chances = _softmax(logits + self.sentiment_bias)
        best = int(chances.argmax())
        score = float(chances[2] - chances[0])
        return Sentiment(SENTIMENTS[best], round(max(-1.0, min(1.0, score)), 4), round(float(chances[best]), 4))  # type: ignore[arg-type]

    def rank_categories(self, vector: Floats, evidence: dict[str, float]) -> Floats:
        """Probabilities over `category_codes` from the embedding, the keywords and how common a category is.

        The first keywords of a category say more than the tenth: their sum counts by its logarithm.
        """
        standard = (vector - self.centre) / self.scale
        logits = (self.category_embedding @ standard + self.category_bias) / self.temperature
        words = np.log1p(np.array([evidence.get(code, 0.0) for code in self.category_codes]))
        return _softmax(np.asarray(logits + self.keyword_weight * words + self.category_prior, dtype=np.float32))

    def choose_category(self, chances: Floats) -> Category:
        """The likeliest category; None below the threshold, with the probability of the best guess."""
        best = int(chances.argmax())
        chance = round(float(chances[best]), 4)
        return Category(self.category_codes[best] if chance >= self.category_threshold else None, chance)


def _softmax(logits: Floats) -> Floats:
    spread = np.exp(logits - logits.max())
    return np.asarray(spread / spread.sum(), dtype=np.float32)


@lru_cache(maxsize=1)
def load_heads() -> Heads:
    """The committed heads. Raises `EngineUnavailable` where the files are missing or damaged."""
    try:
        facts: dict[str, Any] = json.loads(SCORES_FILE.read_text(encoding="utf-8"))
        with np.load(HEADS_FILE, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError) as error:
        raise EngineUnavailable("The trained heads of the local engine are missing or damaged.") from error
    return build_heads(arrays, facts)


def build_heads(arrays: dict[str, NDArray[Any]], facts: dict[str, Any]) -> Heads:
    """Dequantise: each int8 row times its own step."""
    return Heads(
        version=facts["version"],
        centre=arrays["centre"].astype(np.float32),
        scale=arrays["scale"].astype(np.float32),
        sentiment_embedding=_rows(arrays, "sentiment_embedding"),
        sentiment_ngrams=_rows(arrays, "sentiment_ngrams"),
        sentiment_bias=arrays["sentiment_bias"].astype(np.float32),
        idf=arrays["idf"].astype(np.float32) * np.float32(arrays["idf_step"]),
        category_embedding=_rows(arrays, "category_embedding"),
        category_bias=arrays["category_bias"].astype(np.float32),
        category_prior=_log_odds(facts["category"]["odds"], facts["category"]["codes"]),
        category_codes=tuple(facts["category"]["codes"]),
        temperature=float(facts["category"]["temperature"]),
        keyword_weight=float(facts["category"]["keyword_weight"]),
        category_threshold=float(facts["category"]["threshold"]),
    )


def _log_odds(odds: dict[str, float], codes: list[str]) -> Floats:
    return np.log(np.array([odds.get(code, 1.0) for code in codes], dtype=np.float32))


def quantise(name: str, rows: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Each row as int8 with its own step: the largest weight of the row is 127 steps."""
    steps = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
    return {
        name: np.round(rows / steps[:, None]).astype(np.int8),
        f"{name}_steps": steps.astype(np.float32),
    }


def _rows(arrays: dict[str, NDArray[Any]], name: str) -> Floats:
    return np.asarray(arrays[name].astype(np.float32) * arrays[f"{name}_steps"][:, None], dtype=np.float32)
