"""The word lists of the `rules` engine, ready to look up."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from apps.analysis.languages import LANGUAGES, SPACELESS
from apps.analysis.matching import WordList

_FILE = Path(__file__).with_name("lexicon.toml")


@dataclass(frozen=True, slots=True)
class Emoji:
    positive: frozenset[str]
    negative: frozenset[str]


@lru_cache(maxsize=1)
def _entries() -> dict[str, dict[str, str]]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {code: entry for code, entry in data.items() if isinstance(entry, dict)}


@lru_cache(maxsize=1)
def emoji() -> Emoji:
    entry = _entries()["emoji"]
    variation = {"\ufe0f"}
    return Emoji(frozenset(entry["positive"]) - variation, frozenset(entry["negative"]) - variation)


@lru_cache(maxsize=32)
def sentiment_words(language: str) -> WordList | None:
    """Keys `positive`, `negative`, `negation`; None for a language without a lexicon."""
    entry = _entries().get(language)
    if entry is None or language not in LANGUAGES:
        return None
    words = {key: entry[key].split() for key in ("positive", "negative", "negation")}
    return WordList(words, spaceless=language in SPACELESS)


@lru_cache(maxsize=1)
def little_words() -> dict[str, frozenset[str]]:
    """By language, the words that stand in almost every sentence, as written (with accents, lower case)."""
    return {code: frozenset(entry["little"].split()) for code, entry in _entries().items() if code in LANGUAGES}
