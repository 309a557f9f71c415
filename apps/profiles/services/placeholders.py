"""Creators of whom only the handle is known yet."""

from apps.profiles.models import Profile
from apps.profiles.selectors import find_profile, normalise_username

SOURCE = "import"


def ensure_placeholder(username: str) -> Profile:
    """The creator of a handle; one of whom nothing is known yet is stored by the handle alone and read from a source
    later, as every tracked creator is. Raises `InvalidUsername`."""
    username = normalise_username(username)
    known = find_profile(username)
    if known is not None:
        return known
    made, _ = Profile.objects.get_or_create(username=username, handle_lost_at=None, defaults={"source": SOURCE})
    return made
