"""The door to a report: what is not unlocked answers with its preview and price."""

from apps.accounts.models import User
from apps.credits.selectors import quote
from apps.discovery.errors import ProfileLocked, ProfilePrivate
from apps.discovery.models import Unlock
from apps.discovery.selectors.entitlements import find_unlock
from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import Profile
from apps.profiles.selectors import find_profile, get_preview, normalise_username

ACTION = "influencer_unlock"


def get_unlock(username: str, *, member: User | None) -> tuple[Profile, Unlock]:
    """A creator with the current team's unlock.

    Raises `InvalidUsername`, `ProfileNotFound` for one that is not stored, `ProfileLocked` with `{preview, quote}`,
    or `ProfilePrivate` with `{preview}` where nothing can be bought.
    """
    profile = find_profile(normalise_username(username))
    if profile is None:
        raise ProfileNotFound
    unlock = find_unlock(profile)
    if unlock is None:
        raise _refusal(profile, member=member)
    return profile, unlock


def get_unlocked_profile(username: str, *, member: User | None) -> Profile:
    """The creator behind `get_unlock`."""
    return get_unlock(username, member=member)[0]


def _refusal(profile: Profile, *, member: User | None) -> ProfileLocked | ProfilePrivate:
    preview = get_preview(profile)
    if profile.is_private:
        return ProfilePrivate(details={"preview": preview})
    return ProfileLocked(details={"preview": preview, "quote": quote(action=ACTION, units=1, member=member)})
