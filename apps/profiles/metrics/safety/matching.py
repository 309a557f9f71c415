"""Finding the terms of the published list in a caption, with their place in it as it was written."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from apps.core.words import WORD_CHARS, fold, unaccent

from .terms import CATEGORIES, EXEMPT, SafetyCategory

METHOD = "safety.flags.v1"
LONGEST = 5
"""Words of the longest term."""
LONG = 6
"""From so many letters on a term is also found without its accents."""
AROUND = 60
"""Characters of the caption on each side of a quote."""
_WORD = re.compile(f"[{WORD_CHARS}]+")
_CLUSTER = re.compile("(?s).[\u0300-\u036f]*")
"""A letter with the accents that follow it."""
_SPACELESS = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Flag:
    """One place: `start` and `length` count characters of the caption as stored."""

    code: str
    severity: int
    term: str
    quote: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in the form that terms are compared in, and where each of its characters comes from."""

    text: str
    origin: list[int]


@dataclass(frozen=True, slots=True)
class _Index:
    """Terms by their words; those of scripts without spaces, which match anywhere; what is taken out first."""

    phrases: dict[tuple[str, ...], tuple[SafetyCategory, str]]
    unaccented: dict[tuple[str, ...], tuple[SafetyCategory, str]]
    """The same without accents, as they are often typed; long terms alone, for short ones become other words."""
    anywhere: tuple[tuple[str, SafetyCategory, str], ...]
    exempt_phrases: frozenset[tuple[str, ...]]
    exempt_anywhere: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _fold(cluster: str) -> str:
    return unicodedata.normalize("NFC", fold(unicodedata.normalize("NFC", cluster)))


def _fold_text(text: str) -> _Folded:
    parts: list[str] = []
    origin: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        folded = _fold(cluster.group())
        parts.append(folded)
        origin.extend([cluster.start()] * len(folded))
    return _Folded("".join(parts), origin)


def _words_of(term: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_fold_text(term).text))


@lru_cache(maxsize=1)
def _index() -> _Index:
    phrases: dict[tuple[str, ...], tuple[SafetyCategory, str]] = {}
    unaccented: dict[tuple[str, ...], tuple[SafetyCategory, str]] = {}
    anywhere = []
    for category in CATEGORIES:
        for term in (term for terms in category.terms.values() for term in terms.split("|")):
            if _SPACELESS.search(term):
                anywhere.append((_fold_text(term).text, category, term))
            else:
                phrases.setdefault(_words_of(term), (category, term))
                if len(term) >= LONG:
                    unaccented.setdefault(_words_of(unaccent(term)), (category, term))
    spaced = frozenset(_words_of(phrase) for phrase in EXEMPT if not _SPACELESS.search(phrase))
    glued = tuple(_fold_text(phrase).text for phrase in EXEMPT if _SPACELESS.search(phrase))
    return _Index(phrases, unaccented, tuple(anywhere), spaced, glued)


def find_flags(caption: str) -> list[Flag]:
    """All places where a term of the published list stands, in order. Whole words only, in any case and accent;
    in scripts without spaces anywhere. The longest term of a place counts. Milliseconds for a long caption."""
    folded = _fold_text(caption)
    found = {(flag.start, flag.code): flag for flag in _spaced(caption, folded)}
    for flag in _glued(caption, folded):
        found.setdefault((flag.start, flag.code), flag)
    return sorted(found.values(), key=lambda flag: (flag.start, flag.code))


def _spaced(caption: str, folded: _Folded) -> Iterator[Flag]:
    index = _index()
    spans = list(_WORD.finditer(folded.text))
    place = 0
    while place < len(spans):
        step = 1
        for count in range(min(LONGEST, len(spans) - place), 0, -1):
            words = tuple(span.group() for span in spans[place : place + count])
            if words in index.exempt_phrases:
                step = count
                break
            if hit := index.phrases.get(words) or index.unaccented.get(words):
                yield _flag(caption, folded, hit, spans[place].start(), spans[place + count - 1].end())
                step = count
                break
        place += step


def _glued(caption: str, folded: _Folded) -> Iterator[Flag]:
    index = _index()
    if not _SPACELESS.search(folded.text):
        return
    text = folded.text
    for phrase in index.exempt_anywhere:
        text = text.replace(phrase, "\0" * len(phrase))
    for term, category, written in index.anywhere:
        start = text.find(term)
        while start >= 0:
            yield _flag(caption, folded, (category, written), start, start + len(term))
            start = text.find(term, start + len(term))


def _flag(caption: str, folded: _Folded, hit: tuple[SafetyCategory, str], start: int, end: int) -> Flag:
    category, term = hit
    first, last = folded.origin[start], _CLUSTER.match(caption, folded.origin[end - 1]).end()  # type: ignore[union-attr]
    return Flag(category.code, category.severity, term, _quote(caption, first, last), first, last - first)


def _quote(caption: str, first: int, last: int) -> str:
    """The words with what stands around them, on one line; cut at a word where there is one."""
    begin, end = max(0, first - AROUND), min(len(caption), last + AROUND)
    before, after = caption[begin:first], caption[last:end]
    if begin and " " in before:
        before = "…" + before.partition(" ")[2]
    if end < len(caption) and " " in after:
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}{caption[first:last]}{after}".split())[:240]


def published_terms() -> list[dict[str, object]]:
    """The whole list, for `/methodology`."""
    return [
        {
            "code": category.code,
            "label": category.label,
            "severity": category.severity,
            "terms": {language: terms.split("|") for language, terms in category.terms.items()},
        }
        for category in CATEGORIES
    ]
