"""Language by lingua, held to the supported languages, with a rule for Hindi in Latin letters."""

import re
from functools import lru_cache
from threading import Lock
from typing import Any

from apps.analysis.engines.base import UNDETERMINED, Language
from apps.analysis.engines.rules.language import detect_language
from apps.analysis.errors import EngineUnavailable
from apps.analysis.languages import LANGUAGES
from apps.analysis.text import PLACEHOLDER, shorten
from apps.core.words import WORD_CHARS, list_words

_HASHTAG = re.compile(f"[#＃][{WORD_CHARS}]+")
_ENOUGH_LETTERS = 8
_READ_CHARS = 300
_lock = Lock()

_SURE_WORDS = """
hai hain nahi nahin nhi kya kyu kyun kyon bhai mein aur yeh woh bhi raha rahe rahi karo karna karte gaya kuch abhi bahut
bohot accha achha logo hum hamare uska iska isko usko wala wale wali liye kaise kyunki lekin agar yaar apne apna apni
mera meri mere aap tum toh phir sirf hota hoga
"""
_OTHER_WORDS = "ka ki ke ko se ye wo jo tha thi ho kar koi ab jab sab ji bas log desh me na"
ROMAN_HINDI_SURE = frozenset(_SURE_WORDS.split())
ROMAN_HINDI = ROMAN_HINDI_SURE | frozenset(_OTHER_WORDS.split())
_ROMAN_SHARE = 0.25


@lru_cache(maxsize=1)
def _detector() -> Any:
    try:
        from lingua import IsoCode639_1, LanguageDetectorBuilder  # noqa: PLC0415 - 400 MB once it has read a text
    except ImportError as error:
        raise EngineUnavailable("The package lingua-language-detector is not installed.") from error
    codes = [getattr(IsoCode639_1, code.upper()) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()


def identify_language(text: str) -> Language:
    """The language of a normalised text; `und` with confidence 0 where it has no letters to judge by."""
    readable = _readable(text)
    if _count_letters(readable) < 2:
        return Language(UNDETERMINED, 0.0)
    if roman := _roman_hindi(readable):
        return roman
    with _lock:
        values = _detector().compute_language_confidence_values(readable)
    if not values or values[0].value <= 0:
        return detect_language(readable)
    return Language(values[0].language.iso_code_639_1.name.lower(), round(min(1.0, values[0].value), 4))


def _readable(text: str) -> str:
    """Without placeholders; without hashtags (often English) where the words alone suffice."""
    plain = PLACEHOLDER.sub(" ", text)
    words = _HASHTAG.sub(" ", plain)
    chosen = words if _count_letters(words) >= _ENOUGH_LETTERS else plain.replace("#", " ")
    return shorten(" ".join(chosen.split()), _READ_CHARS)


def _count_letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _roman_hindi(text: str) -> Language | None:
    """Hindi as it is typed on phones; no n-gram model of the supported languages knows it."""
    if not text.isascii() and any(ord(char) > 0x24F and char.isalpha() for char in text):
        return None
    words = list_words(text.lower())
    known = [word for word in words if word in ROMAN_HINDI]
    sure = ROMAN_HINDI_SURE.intersection(known)
    if not sure or len(known) < 2 or len(known) < _ROMAN_SHARE * len(words):
        return None
    return Language("hi", round(min(0.95, 0.5 + len(known) / len(words)), 4))
