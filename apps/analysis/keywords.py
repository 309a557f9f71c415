"""How strongly the words, hashtags and emoji of a text speak for each category of the taxonomy."""

from collections import defaultdict
from functools import lru_cache

from .languages import LANGUAGES, SPACELESS
from .matching import TextWords, WordList, take_apart
from .taxonomy import list_categories

HASHTAG_WEIGHT = 2.0
"""Hashtags are chosen to say what a post is about; words also tell a story around it."""
WORD_WEIGHT = 1.0
EMOJI_WEIGHT = 0.5
GENERIC = {"lifestyle": 0.4, "comedy": 0.6}
"""Words of daily life and laughter stand beside every subject: they count less."""


@lru_cache(maxsize=32)
def _list_of(language: str) -> WordList:
    words = {category.code: category.keywords.get(language, ()) for category in list_categories()}
    return WordList(words, spaceless=language in SPACELESS)


@lru_cache(maxsize=1)
def _emoji() -> dict[str, str]:
    joined = {"\u200d", "\ufe0f", "\u2642", "\u2640"}
    return {char: category.code for category in list_categories() for char in category.emoji if char not in joined}


def score_categories(text: str, language: str) -> dict[str, float]:
    """`{category: weight of its evidence}`, categories without evidence left out.

    Plain words are read in the text's language, hashtags in it and in English; the same word counts once.
    """
    parts = take_apart(text)
    evidence: dict[str, set[str]] = defaultdict(set)
    scores: dict[str, float] = defaultdict(float)
    for word, code, weight in _hits(parts, language):
        if word not in evidence[code]:
            evidence[code].add(word)
            scores[code] += weight
    for char in set(text) & _emoji().keys():
        scores[_emoji()[char]] += EMOJI_WEIGHT
    return {code: score * GENERIC.get(code, 1.0) for code, score in scores.items()}


def _hits(parts: TextWords, language: str) -> list[tuple[str, str, float]]:
    spoken = _list_of(language if language in LANGUAGES else "en")
    found = [(word, code, WORD_WEIGHT) for word, code, _position in spoken.find_in_words(parts)]
    for listed in dict.fromkeys((language, "en")):
        found.extend((tag, code, HASHTAG_WEIGHT) for tag, code in _list_of(listed).find_in_hashtags(parts))
    return found
