"""Handles that are known to lead nowhere."""

from apps.profiles.errors import ProfileNotFound
from apps.profiles.selectors import is_absent, is_removed


def check_handle(username: str) -> None:
    """Raise `ProfileNotFound` for a handle that was removed, or does not exist as a source said within the hour."""
    if is_absent(username) or is_removed(username):
        raise ProfileNotFound(details={"username": username})
