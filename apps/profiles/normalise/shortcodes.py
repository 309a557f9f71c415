"""A post's shortcode is its number in base 64; one tells the other."""

import re

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_POST_ADDRESS = re.compile(r"/(?:p|reel|reels|tv)/([A-Za-z0-9_-]{5,64})")
_SHORTCODE = re.compile(r"[A-Za-z0-9_-]{5,64}")
# Longer codes are of private accounts: the rest is a key, not part of the number.
_PUBLIC_LENGTH = 11


def read_shortcode(text: object) -> str:
    """A shortcode, bare or inside a post's address, or ""."""
    if not isinstance(text, str):
        return ""
    if match := _POST_ADDRESS.search(text):
        return match.group(1)
    return text if _SHORTCODE.fullmatch(text) else ""


def shortcode_to_id(shortcode: str) -> str:
    number = 0
    for character in shortcode[:_PUBLIC_LENGTH]:
        number = number * 64 + _ALPHABET.index(character)
    return str(number)


def id_to_shortcode(external_id: str) -> str:
    """The shortcode of a numeric id, or "" for an id that is no number."""
    if not external_id.isdecimal() or not external_id.isascii():
        return ""
    number, code = int(external_id), ""
    while number:
        number, digit = divmod(number, 64)
        code = _ALPHABET[digit] + code
    return code
