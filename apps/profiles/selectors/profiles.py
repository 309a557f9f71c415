"""One creator, and what is stored of it."""

import re
from collections.abc import Iterable

from django.db.models import F, QuerySet

from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import Post, PreviousUsername, Profile, Snapshot
from apps.profiles.normalise import find_username
from apps.profiles.normalise.usernames import normalise_username

_SHORTCODE = re.compile(r"[A-Za-z0-9_:-]{1,64}")


def find_profile(username: str) -> Profile | None:
    """The creator who has this handle, else the last who had it, else None. Suppressed creators are not found.

    Takes whatever a person may have typed; raises `InvalidUsername` for what cannot be a handle.
    """
    handle = normalise_username(username)
    profiles = Profile.objects.select_related("avatar").filter(suppressed_at__isnull=True)
    current = profiles.filter(username=handle, handle_lost_at__isnull=True).first()
    if current is not None:
        return current
    former = PreviousUsername.objects.filter(username=handle).order_by("-until", "-id").first()
    return profiles.filter(pk=former.profile_id).first() if former else None


def get_profile(username: str) -> Profile:
    """As `find_profile`, but raises `ProfileNotFound`."""
    profile = find_profile(username)
    if profile is None:
        raise ProfileNotFound(details={"username": normalise_username(username)})
    return profile


def list_profiles(usernames: Iterable[str]) -> dict[str, Profile]:
    """The creators who have these handles now, by handle; unknown and malformed ones are left out. One query."""
    handles = {handle for name in usernames if (handle := find_username(name))}
    found = Profile.objects.select_related("avatar").filter(
        username__in=handles, handle_lost_at__isnull=True, suppressed_at__isnull=True
    )
    return {profile.username: profile for profile in found}


def list_posts(profile: Profile, *, include_missing: bool = False) -> QuerySet[Post]:
    """The stored posts, newest first; those that upstream no longer shows only on demand. Posts are never deleted."""
    posts = Post.objects.filter(profile=profile).select_related("thumbnail")
    if not include_missing:
        posts = posts.filter(missing_since__isnull=True)
    return posts.order_by(F("taken_at").desc(nulls_last=True), "-id")


def find_post(shortcode: str) -> Post | None:
    """A stored post by its shortcode, its owner's own copy where there is one."""
    return next(iter(list_copies(shortcode)), None)


def list_copies(shortcode: str) -> list[Post]:
    """A joint post stands under each of its creators: its owner's own copy first, then in the order of storing.

    Copies of suppressed creators are left out. One query, none for what cannot be a shortcode.
    """
    if not _SHORTCODE.fullmatch(shortcode):
        return []
    posts = Post.objects.filter(shortcode=shortcode, profile__suppressed_at__isnull=True)
    posts = posts.select_related("profile", "thumbnail").order_by("id")
    return sorted(posts, key=lambda post: post.owner_external_id != post.profile.external_id)


def list_snapshots(profile: Profile) -> QuerySet[Snapshot]:
    """The counts over time, oldest first."""
    return Snapshot.objects.filter(profile=profile).order_by("taken_at", "id")
