"""Handles: what people type or paste, and what Instagram allows."""

import re
from urllib.parse import urlsplit

from apps.profiles.errors import InvalidUsername

MAX_LENGTH = 30
_HOSTS = {"instagram.com", "instagr.am"}
_NOT_HANDLES = {
    "about", "accounts", "api", "ar", "challenge", "developer", "direct", "directory", "emails", "explore", "graphql",
    "legal", "locations", "nametag", "p", "press", "reel", "reels", "session", "share", "topics", "tv", "web",
}  # fmt: skip
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
_HANDLE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_]|\.(?!\.)){0,29}", re.ASCII)


def normalise_username(text: str) -> str:
    """The handle in what a person typed: `@Name`, `name`, a profile address, a story address.

    Returns it lower case without a trailing dot. Raises `InvalidUsername` for anything that Instagram would not allow
    as a handle: other characters, a leading dot, two dots in a row, more than 30 characters.
    """
    if not isinstance(text, str) or len(text) > 2000:
        raise InvalidUsername
    handle = text.translate(_INVISIBLE).strip()
    if "/" in handle:
        handle = _handle_in_address(handle)
    handle = handle.removeprefix("@").removeprefix("＠")
    if handle.endswith("."):
        handle = handle.rstrip(".")
    if not _HANDLE.fullmatch(handle):
        raise InvalidUsername(details={"username": text[:60]})
    return handle.lower()


def find_username(text: object) -> str:
    """The handle that upstream wrote, lower case, or "" when it is none."""
    if not isinstance(text, str):
        return ""
    handle = text.strip().removeprefix("@")
    return handle.lower() if _HANDLE.fullmatch(handle) and not handle.endswith(".") else ""


def _handle_in_address(address: str) -> str:
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError as error:
        raise InvalidUsername from error
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.scheme not in {"http", "https"} or not _is_instagram(host) or not segments:
        raise InvalidUsername
    if (segments[0] == "stories" and len(segments) > 1) or (segments[0] in {"_u", "_n"} and len(segments) > 1):
        segments = segments[1:]
    if segments[0].lower() in _NOT_HANDLES:
        raise InvalidUsername("This address leads to a post or a page of Instagram, not to a creator.")
    return segments[0]


def _is_instagram(host: str) -> bool:
    return host in _HOSTS or host.endswith(tuple(f".{name}" for name in _HOSTS))
