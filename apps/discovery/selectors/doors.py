"""The door to a report: what is not unlocked answers with its preview and price."""

from apps.accounts.models import User
from apps.credits.selectors import quote
from apps.discovery.errors import AnalyticsLocked, ContactsLocked, ProfileLocked, ProfilePrivate
from apps.discovery.models import EmailUnlock, PostUnlock, Unlock
from apps.discovery.selectors.entitlements import find_email_unlock, find_post_unlock, find_unlock, list_unlocked_ids
from apps.profiles.errors import PostNotFound, ProfileNotFound
from apps.profiles.models import Post, Profile
from apps.profiles.selectors import find_profile, get_preview, list_contacts, list_copies, normalise_username

ACTION = "influencer_unlock"
POST_ACTION = "post_analytics"
EMAIL_ACTION = "email_unlock"


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


def get_bought_post(shortcode: str, *, member: User | None) -> Post:
    """A post that the current team may read: of a report that it has, or bought by itself.

    Raises `PostNotFound`, else as `get_unlock`; the refusal's `post_quote` is the price of this post alone.
    """
    copies = list_copies(shortcode)
    if not copies:
        raise PostNotFound
    unlocked = list_unlocked_ids([post.profile_id for post in copies])
    bought = find_post_unlock(copies)
    for post in copies:
        if post.profile_id in unlocked or (bought and bought.post_id == post.pk):
            return post
    refusal = _refusal(copies[0].profile, member=member)
    refusal.details["post_quote"] = quote(action=POST_ACTION, units=1, member=member)
    raise refusal


def get_post_unlock(shortcode: str, *, member: User | None) -> tuple[Post, PostUnlock]:
    """A post whose analytics the current team bought. Raises `PostNotFound`, or `AnalyticsLocked` with `{quote}`."""
    copies = list_copies(shortcode)
    if not copies:
        raise PostNotFound
    unlock = find_post_unlock(copies)
    if unlock is None:
        raise AnalyticsLocked(details={"quote": quote(action=POST_ACTION, units=1, member=member)})
    return next(post for post in copies if post.pk == unlock.post_id), unlock


def get_email_unlock(username: str, *, member: User | None) -> tuple[Profile, EmailUnlock]:
    """A creator whose addresses the current team bought.

    Raises `InvalidUsername`, `ProfileNotFound` for one that is not stored, or `ContactsLocked` with
    `{available, quote}`.
    """
    profile = find_profile(normalise_username(username))
    if profile is None:
        raise ProfileNotFound
    unlock = find_email_unlock(profile)
    if unlock is None:
        price = quote(action=EMAIL_ACTION, units=1, member=member)
        raise ContactsLocked(details={"available": bool(list_contacts(profile)), "quote": price})
    return profile, unlock


def _refusal(profile: Profile, *, member: User | None) -> ProfileLocked | ProfilePrivate:
    preview = get_preview(profile)
    if profile.is_private:
        return ProfilePrivate(details={"preview": preview})
    return ProfileLocked(details={"preview": preview, "quote": quote(action=ACTION, units=1, member=member)})
