"""Sentiment by lexicon, negation and emoji."""

from math import sqrt
from typing import Literal

from apps.analysis.engines.base import Sentiment
from apps.analysis.languages import SPACELESS
from apps.analysis.matching import TextWords, take_apart

from .lexicon import emoji, sentiment_words

_REACH = 3
"""A negator turns the sentiment words up to three words after it."""
_REACH_SPACELESS = 2
_EMOJI_WEIGHT = 0.7
_NEUTRAL_BELOW = 0.2
_SOFTENING = 3.0
_SIGN = {"positive": 1.0, "negative": -1.0}


def judge_sentiment(text: str, language: str) -> Sentiment:
    """Sum of signed words and emoji, softened to -1…1 by s / sqrt(s² + 3); neutral below 0.2."""
    total = _words(take_apart(text), language) + _EMOJI_WEIGHT * _emoji(text)
    score = round(total / sqrt(total * total + _SOFTENING), 4)
    label: Literal["negative", "neutral", "positive"] = "neutral"
    if abs(score) >= _NEUTRAL_BELOW:
        label = "positive" if score > 0 else "negative"
    confidence = 0.4 + 0.5 * abs(score) if label != "neutral" else 0.45 - 0.5 * abs(score)
    return Sentiment(label, score, round(confidence, 4))


def _words(parts: TextWords, language: str) -> float:
    lexicon = sentiment_words(language)
    if lexicon is None:
        return 0.0
    hits = lexicon.find_in_words(parts)
    reach = _REACH_SPACELESS if language in SPACELESS else _REACH
    negators = [(position, len(word)) for word, key, position in hits if key == "negation"]
    total = 0.0
    for word, key, position in hits:
        if key in _SIGN:
            total += _SIGN[key] * (-0.7 if _negated(position, len(word), negators, language, reach) else 1.0)
    tags = lexicon.find_in_hashtags(parts)
    return total + sum(_SIGN.get(key, 0.0) for _tag, key in tags)


def _negated(position: int, length: int, negators: list[tuple[int, int]], language: str, reach: int) -> bool:
    """In Japanese the negator follows, elsewhere it precedes."""
    if language == "ja":
        return any(0 <= at - (position + length) <= reach for at, _size in negators)
    if language in SPACELESS:
        return any(0 <= position - (at + size) <= reach for at, size in negators)
    return any(0 < position - at <= reach for at, _size in negators)


def _emoji(text: str) -> float:
    """Distinct emoji, at most three a side: a row of hearts is one feeling."""
    signs = emoji()
    chars = set(text)
    return min(3, len(chars & signs.positive)) - min(3, len(chars & signs.negative))
