"""Contact addresses in texts. They are sold apart (`email_unlock`), so what is found here is masked everywhere else."""

import re
from collections.abc import Iterator

MASK = "•••@•••"
_AT = r"\s{0,2}[(\[{<]\s{0,2}at\s{0,2}[)\]}>]\s{0,2}"
_DOT = r"(?:\.|\s{0,2}[(\[{<]\s{0,2}dot\s{0,2}[)\]}>]\s{0,2}|\s{1,2}dot\s{1,2})"
# Without brackets both words are everyday English, so the end must be one that hosts are known to have.
_ENDS = "com|net|org|io|co|info|biz|de|fr|es|it|nl|pt|pl|ru|tr|ae|sa|in|jp|uk|br|eu"
_NAME = r"[\w.+%-]{1,64}"
_PLAIN = rf"{_NAME}[@＠][\w-]+(?:\.[\w-]+)+"
_BRACKETED = rf"{_NAME}{_AT}[\w-]+(?:{_DOT}[\w-]+)+"
_WORDS = rf"{_NAME}\sat\s[\w-]+(?:\sdot\s[\w-]+)*\sdot\s(?:{_ENDS})\b"
_ADDRESS = re.compile(f"{_PLAIN}|{_BRACKETED}|{_WORDS}", re.IGNORECASE)
_SPELLED_AT = re.compile(rf"{_AT}|\sat\s", re.IGNORECASE)
_SPELLED_DOT = re.compile(_DOT, re.IGNORECASE)


def mask_addresses(text: str) -> str:
    """The text with every e-mail address replaced, also where it is spelled, as in `name [at] host dot tld`."""
    return _ADDRESS.sub(MASK, text)


def find_addresses(text: str) -> Iterator[str]:
    """The e-mail addresses in a text that `mask_addresses` hides, written out and in lower case."""
    for match in _ADDRESS.finditer(text):
        address = _SPELLED_DOT.sub(".", _SPELLED_AT.sub("@", match.group(), count=1)).replace("＠", "@")
        yield address.replace(" ", "").strip(".").lower()
