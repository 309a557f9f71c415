"""Words and hashtags of a text in any script. Python's `\\w` breaks words at the vowel signs of Hindi or Thai."""

import re
import sys
import unicodedata


def _ranges(of: str) -> str:
    """A regular-expression character class body of all characters whose Unicode category starts with one of `of`."""
    parts: list[str] = []
    start: int | None = None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and unicodedata.category(chr(code))[0] in of
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            parts.append(f"{re.escape(chr(start))}-{re.escape(chr(code - 1))}")
            start = None
    return "".join(parts)


WORD_CHARS = r"\w\u200c\u200d" + _ranges("M").replace("\ufe00-\ufe0f", "")
"""What a word is made of: letters, digits, `_`, marks and joiners, without the variation selectors of emoji."""
_WORD = re.compile(f"[{WORD_CHARS}]+")
_HASHTAG = re.compile(f"[#＃]([{WORD_CHARS}]+)")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ı": "i"}
)


def fold(text: str) -> str:
    """One form for comparing: NFKC, case folded, Arabic without vowel marks and letter variants, Turkish i's alike."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u0307", "")
    return _ARABIC_MARKS.sub("", text).translate(_ARABIC_FORMS)


def unaccent(text: str) -> str:
    """`fold`, and Latin, Greek and Cyrillic letters without their accents."""
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", unicodedata.normalize("NFD", fold(text))))


def list_words(text: str) -> list[str]:
    return _WORD.findall(text)


def list_hashtags(text: str) -> list[str]:
    """The hashtags of a text without their `#`, in order, as written."""
    return _HASHTAG.findall(text)
