"""What a caption names: hashtags, accounts, e-mail addresses. Unicode-aware, as Instagram links them.

A hashtag is letters with their combining marks (Hindi and Arabic vowel signs), digits and underscores of any script;
an emoji or punctuation ends it. Both `#` and the full-width `＃` start one. A mention is an ASCII handle after an `@`
that does not stand inside a word, so that an e-mail address is none.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache

_MAX_NAMES = 100


@cache
def _tag_characters() -> str:
    """A regular expression class of letters, marks, digits and connectors. Python's `\\w` alone lacks the marks."""
    ranges: list[tuple[int, int]] = []
    for code in range(0x0300, sys.maxunicode + 1):
        # Variation selectors and the keycap are marks that only dress an emoji.
        if unicodedata.category(chr(code))[0] != "M" or 0xFE00 <= code <= 0xFE0F or code in (0x20E3, 0xE0100):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    marks = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
    return rf"\w{marks}·\u200c\u200d"


@cache
def _hashtag_pattern() -> re.Pattern[str]:
    one = rf"[#＃][{_tag_characters()}]+"
    return re.compile(rf"(?<![\w&/])((?:{one})+)")


_MENTION = re.compile(
    r"(?<![A-Za-z0-9_.%+\-@＠/])[@＠]([A-Za-z0-9_](?:[A-Za-z0-9_]|\.(?=[A-Za-z0-9_])){0,29})(?![A-Za-z0-9_@])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])([A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z]{2,24})(?![A-Za-z0-9\-])"
)


def find_hashtags(text: str) -> tuple[str, ...]:
    """The hashtags of `text` without `#`, lower case and NFC, each once, in order."""
    tags = (tag.strip("\u200c\u200d·") for run in _hashtag_pattern().findall(text) for tag in re.split("[#＃]", run))
    return _each_once(unicodedata.normalize("NFC", tag).lower() for tag in tags if len(tag) <= 150)


def find_mentions(text: str) -> tuple[str, ...]:
    """The accounts that `text` names with `@`, lower case, each once, in order."""
    return _each_once(name.lower() for name in _MENTION.findall(text))


def find_email(text: str) -> str:
    """The first e-mail address inside `text`, or ""."""
    match = _EMAIL.search(text)
    return match.group(1)[:254] if match else ""


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(list(dict.fromkeys(name for name in names if name))[:_MAX_NAMES])
