"""The door to a report: what is not unlocked answers with its preview and price."""

from apps.accounts.models import User
from apps.credits.selectors import quote
from apps.discovery.errors import PostNotFound, ProfileLocked, ProfilePrivate
from apps.discovery.models import Unlock
from apps.discovery.selectors.entitlements import find_unlock, list_unlocked_ids
from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import Post, Profile
from apps.profiles.selectors import find_profile, get_preview, list_copies, normalise_username

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


def get_readable_post(shortcode: str) -> Post:
    """A post as it stands in a report that the current team has, else its owner's copy. Raises `PostNotFound`."""
    copies = list_copies(shortcode)
    if not copies:
        raise PostNotFound
    unlocked = list_unlocked_ids([post.profile_id for post in copies])
    return next((post for post in copies if post.profile_id in unlocked), copies[0])


def _refusal(profile: Profile, *, member: User | None) -> ProfileLocked | ProfilePrivate:
    preview = get_preview(profile)
    if profile.is_private:
        return ProfilePrivate(details={"preview": preview})
    return ProfileLocked(details={"preview": preview, "quote": quote(action=ACTION, units=1, member=member)})
