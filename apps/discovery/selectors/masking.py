"""Contact addresses are sold apart (`email_unlock`), so a report shows them masked wherever a creator wrote them."""

import re
from collections.abc import Iterator

_PLAIN = r"[\w.+%-]+[@＠][\w-]+(?:\.[\w-]+)+"
_SPELLED = r"[\w.+%-]+\s?[(\[]\s?at\s?[)\]]\s?[\w-]+(?:\s?(?:\.|[(\[]\s?dot\s?[)\]])\s?[\w-]+)+"
_ADDRESS = re.compile(f"{_PLAIN}|{_SPELLED}", re.IGNORECASE)
_SPELLED_AT = re.compile(r"\s?[(\[]\s?at\s?[)\]]\s?", re.IGNORECASE)
_SPELLED_DOT = re.compile(r"\s?[(\[]\s?dot\s?[)\]]\s?", re.IGNORECASE)
MASK = "•••@•••"


def mask_addresses(text: str) -> str:
    """The text with every e-mail address replaced, also in the `name (at) host (dot) tld` spelling."""
    return _ADDRESS.sub(MASK, text)


def find_addresses(text: str) -> Iterator[str]:
    """The e-mail addresses in a text that `mask_addresses` hides, written out and in lower case."""
    for match in _ADDRESS.finditer(text):
        address = _SPELLED_AT.sub("@", _SPELLED_DOT.sub(".", match.group())).replace("＠", "@")
        yield address.replace(" ", "").strip(".").lower()
