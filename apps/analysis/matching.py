"""Finding the words of a list in a text: exact words, stems and phrases, or anywhere where words have no spaces."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.core.words import WORD_CHARS, list_hashtags, list_words, unaccent

_HASHTAG = re.compile(f"[#＃][{WORD_CHARS}]+")
_LONGEST_PHRASE = 4
_SHORTEST_STEM = 3
_SHORTEST_IN_HASHTAG = 4


@dataclass(frozen=True, slots=True)
class TextWords:
    """A text taken apart once, for all lists: its words without hashtags, its hashtags, and the folded whole."""

    words: tuple[str, ...]
    hashtags: tuple[str, ...]
    folded: str


def take_apart(text: str) -> TextWords:
    folded = unaccent(text)
    words = tuple(list_words(_HASHTAG.sub(" ", folded).replace("'", "").replace("’", "")))
    return TextWords(words, tuple(tag.replace("_", "") for tag in list_hashtags(folded)), folded)


class WordList:
    """Words of one language, each belonging to one or more keys."""

    def __init__(self, words_by_key: Mapping[str, Iterable[str]], *, spaceless: bool = False) -> None:
        self.exact: dict[str, set[str]] = {}
        self.stems: dict[str, set[str]] = {}
        for key, words in words_by_key.items():
            for word in words:
                form = unaccent(word.replace("_", " ")).replace("'", "")
                target = self.stems if form.endswith("*") else self.exact
                target.setdefault(form.rstrip("*"), set()).add(key)
        self.all = {word: self.exact.get(word, set()) | self.stems.get(word, set()) for word in self.exact | self.stems}
        everything = sorted(self.all, key=len, reverse=True)
        self.anywhere = re.compile("|".join(map(re.escape, everything))) if spaceless and everything else None
        self.longest = len(everything[0]) if everything else 0
        self.longest_stem = max(map(len, self.stems), default=0)
        self.phrase_starts = {word.split(" ", 1)[0] for word in everything if " " in word}

    def find_in_words(self, text: TextWords) -> list[tuple[str, str, int]]:
        """(word of the list, key, position) for every hit outside hashtags; longer phrases win over their parts."""
        if self.anywhere:
            return self._find_anywhere(text.folded)
        hits: list[tuple[str, str, int]] = []
        position = 0
        while position < len(text.words):
            length = self._longest_at(text.words, position, hits)
            position += length or 1
        return hits

    def find_in_hashtags(self, text: TextWords) -> list[tuple[str, str]]:
        """(word, key) for words that are a hashtag or, from four letters on, stand inside one (`#naturalhair`)."""
        hits: list[tuple[str, str]] = []
        for tag in text.hashtags:
            found = self._keys_of(tag) or self._inside(tag)
            hits.extend((tag, key) for key in sorted(found))
        return hits

    def _longest_at(self, words: tuple[str, ...], position: int, hits: list[tuple[str, str, int]]) -> int:
        longest = _LONGEST_PHRASE if words[position] in self.phrase_starts else 1
        for length in range(min(longest, len(words) - position), 0, -1):
            phrase = " ".join(words[position : position + length])
            if keys := self._keys_of(phrase):
                hits.extend((phrase, key, position) for key in sorted(keys))
                return length
        return 0

    def _keys_of(self, phrase: str) -> set[str]:
        keys = set(self.exact.get(phrase, ()))
        for end in range(_SHORTEST_STEM, min(len(phrase), self.longest_stem) + 1):
            keys |= self.stems.get(phrase[:end], set())
        return keys

    def _inside(self, tag: str) -> set[str]:
        """The keys of the longest listed word inside a hashtag; several of the same length all count."""
        for length in range(min(len(tag), self.longest), _SHORTEST_IN_HASHTAG - 1, -1):
            parts = (tag[start : start + length] for start in range(len(tag) - length + 1))
            if found := [self.all[part] for part in parts if part in self.all]:
                return set().union(*found)
        return set()

    def _find_anywhere(self, folded: str) -> list[tuple[str, str, int]]:
        if self.anywhere is None:
            return []
        return [
            (match.group(), key, match.start())
            for match in self.anywhere.finditer(folded)
            for key in sorted(self.all[match.group()])
        ]
