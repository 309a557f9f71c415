"""What kind of comment a text is, and when two comments are the same: by published rules, in any script."""

import re
from functools import lru_cache
from itertools import pairwise

from apps.core.words import WORD_CHARS, list_words, unaccent

KINDS = ("mention", "emoji", "generic", "short", "substantive")
GENERIC: tuple[str, ...] = (
    "nice", "nice pic", "nice photo", "nice post", "nice one", "great", "great pic", "great post", "great shot", "wow",
    "amazing", "awesome", "beautiful", "gorgeous", "cool", "cute", "love", "love it", "love this", "so cute", "perfect",
    "stunning", "lovely", "good", "good job", "well done", "congrats", "top", "super", "fire", "goals", "yes", "lol",
    "dm us", "send pic", "promote it on", "check dm", "check your dm", "follow me", "follow back", "collab", "dm",
    "bonita", "hermosa", "hermoso", "preciosa", "que lindo", "que linda", "linda", "lindo", "guapa", "guapo", "genial",
    "linda demais", "maravilhosa", "maravilhoso", "perfeita", "perfeito", "magnifique", "trop beau", "trop belle",
    "sublime", "parfait", "schon", "wunderschon", "toll", "mega", "bella", "bellissima", "bellissimo", "bravissima",
    "stupenda", "mooi", "prachtig", "piekna", "pieknie", "cudownie", "красиво", "красота", "супер", "класс", "круто",
    "красива", "страхотно", "τελειο", "υπεροχο", "ομορφη", "guzel", "cok guzel", "harika", "super olmus", "جميل",
    "رائع", "ما شاء الله", "ماشاء الله", "روعه", "حلو", "خوبصورت", "ماشاءاللہ", "बहुत सुंदर", "सुंदर", "वाह", "好看", "好美",
    "漂亮", "赞", "讚", "かわいい", "可愛い", "素敵", "すごい", "สวย", "สวยมาก", "น่ารัก", "dep qua", "xinh qua",
    "tuyet voi",
    "nzuri", "nzuri sana", "safi",
)  # fmt: skip
"""Praise and offers that would stand under any post; folded and without accents, with nothing else beside them."""

_MENTION = re.compile(r"[@＠][\w.]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SPACELESS = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")
_NOT_WORDS = re.compile(f"[^{WORD_CHARS}]+")
SUBSTANTIVE_WORDS = 3
SUBSTANTIVE_SPACELESS = 6


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(_squeeze(_plain(phrase)) for phrase in GENERIC)


def _squeeze(words: str) -> str:
    """Every letter once in a row: `wooow` is `wow`."""
    return _DOUBLED.sub(r"\1", words)


def _plain(text: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", unaccent(text)).split())


@lru_cache(maxsize=4_096)
def bare_text(text: str) -> str:
    """The words alone, folded, without accents, links, people, signs; drawn-out letters are shortened.

    Several metrics ask it of the same comments, one after the other.
    """
    words = _plain(_MENTION.sub(" ", _LINK.sub(" ", text)))
    return _REPEATED.sub(r"\1\1", words) if any(char.isalpha() for char in words) else ""


@lru_cache(maxsize=4_096)
def kind_of(text: str) -> str:
    """One of `KINDS`: people alone, no words, stock praise, one or two words, or something said."""
    words = bare_text(text)
    if not words:
        return "mention" if _MENTION.search(text) else "emoji"
    if _squeeze(words) in _generic():
        return "generic"
    return "substantive" if is_long(words) else "short"


def is_long(words: str) -> bool:
    """Three words or more; in scripts without spaces six letters or more."""
    if _SPACELESS.search(words):
        return len(words.replace(" ", "")) >= SUBSTANTIVE_SPACELESS
    return len(list_words(words)) >= SUBSTANTIVE_WORDS


def asks(text: str) -> bool:
    """Whether it puts a question, by its question mark."""
    return bool(re.search("[?？؟]", text))


def key_words(text: str) -> frozenset[str]:
    """The words of four letters and more, which may tie a comment to a caption; pairs of signs without spaces."""
    words = _plain(_MENTION.sub(" ", _LINK.sub(" ", text)))
    long = {word for word in list_words(words) if len(word) >= 4 and not word.isdecimal()}
    signs = [char for char in words if _SPACELESS.match(char)]
    return frozenset(long | {first + second for first, second in pairwise(signs)})


def published_rules() -> dict[str, object]:
    """For `/methodology`."""
    return {
        "generic": list(GENERIC),
        "substantive_words": SUBSTANTIVE_WORDS,
        "substantive_signs_without_spaces": SUBSTANTIVE_SPACELESS,
    }
