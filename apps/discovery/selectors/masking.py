"""Contact addresses are sold apart (`email_unlock`), so a report shows them masked wherever a creator wrote them."""

import re

_PLAIN = r"[\w.+%-]+[@＠][\w-]+(?:\.[\w-]+)+"
_SPELLED = r"[\w.+%-]+\s?[(\[]\s?at\s?[)\]]\s?[\w-]+(?:\s?(?:\.|[(\[]\s?dot\s?[)\]])\s?[\w-]+)+"
_ADDRESS = re.compile(f"{_PLAIN}|{_SPELLED}", re.IGNORECASE)
MASK = "•••@•••"


def mask_addresses(text: str) -> str:
    """The text with every e-mail address replaced, also in the `name (at) host (dot) tld` spelling."""
    return _ADDRESS.sub(MASK, text)
