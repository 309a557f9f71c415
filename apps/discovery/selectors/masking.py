"""Contact addresses are sold apart (`email_unlock`), so a report shows them masked wherever a creator wrote them."""

import re

_ADDRESS = re.compile(
    r"[\w.+%-]+\s?(?:@|＠|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+", re.IGNORECASE
)
MASK = "•••@•••"


def mask_addresses(text: str) -> str:
    """The text with every e-mail address replaced, also in the `name (at) host (dot) tld` spelling."""
    return _ADDRESS.sub(MASK, text)
