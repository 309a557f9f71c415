"""What every engine reads: a caption brought to one form, and the hash that results are stored under."""

import hashlib
import re
import unicodedata

MAX_EMBEDDED_CHARS = 400
"""An embedding costs by the token; the first 400 characters of a caption say what it is about."""

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@])@[\w.]+")
PLACEHOLDER = re.compile(r"@user|\bhttp\b")
_SPACES = re.compile(r"\s+")


def hash_caption(text: str) -> str:
    """SHA-256 (hex) of the caption exactly as stored."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def normalise_text(text: str) -> str:
    """NFKC (so 𝗯𝗼𝗹𝗱 letters are letters), no control characters, links as `http`, people as `@user`, single spaces."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if unicodedata.category(char) in _UNREADABLE else char for char in text)
    text = _MENTION.sub("@user", _URL.sub("http", text))
    return _SPACES.sub(" ", text).strip()


def shorten(text: str, limit: int = MAX_EMBEDDED_CHARS) -> str:
    """At most `limit` characters, ending at a word where there is one."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    return head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head


def has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def has_words(text: str) -> bool:
    """Are there letters in a normalised text besides its placeholders for people and links?"""
    return has_letters(PLACEHOLDER.sub(" ", text))


_UNREADABLE = {"Cc", "Cs", "Co", "Cn"}
