"""Who an answer is about. The external id says who it is; the handle is only what it is called now."""

from typing import NewType

from django.db import connection
from django.utils import timezone

from apps.profiles.models import PreviousUsername, Profile
from apps.profiles.normalise import ProfileData

LockedProfile = NewType("LockedProfile", Profile)


def lock_profile(data: ProfileData, *, asked: str, source: str, synthetic: bool) -> tuple[LockedProfile, bool]:
    """The profile that `data` is about, locked until the transaction ends, and whether it is new.

    A known id under another handle is renamed, its old handle kept as an alias. A handle that another id answers to
    is taken from its former holder, who keeps everything but the name.
    """
    _take_turns(data, asked)
    profile = _find_by_id(data) or _find_by_handle(data)
    created = profile is None
    _release_handle(data.username, holder=profile)
    if profile is None:
        profile = Profile(external_id=data.external_id, username=data.username, source=source, synthetic=synthetic)
        profile.save()
    else:
        _rename(profile, data)
    if asked != data.username:
        _release_handle(asked, holder=profile)
        _remember_alias(profile, asked)
    return LockedProfile(profile), created


def _take_turns(data: ProfileData, asked: str) -> None:
    """Two answers about one account, or for one handle, are settled one after the other."""
    keys = {f"id:{data.external_id}", f"name:{data.username}", f"name:{asked}"}
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"profiles.identity.{key}"])


def _find_by_id(data: ProfileData) -> Profile | None:
    if not data.external_id:
        return None
    return Profile.objects.select_for_update().filter(external_id=data.external_id).first()


def _find_by_handle(data: ProfileData) -> Profile | None:
    """The holder of the handle, unless the ids say that it is somebody else."""
    holder = Profile.objects.select_for_update().filter(username=data.username, handle_lost_at__isnull=True).first()
    if holder is None or (data.external_id and holder.external_id and holder.external_id != data.external_id):
        return None
    return holder


def _release_handle(handle: str, *, holder: Profile | None) -> None:
    others = Profile.objects.filter(username=handle, handle_lost_at__isnull=True)
    if holder is not None:
        others = others.exclude(pk=holder.pk)
    others.update(handle_lost_at=timezone.now())


def _rename(profile: Profile, data: ProfileData) -> None:
    if profile.username != data.username:
        _remember_alias(profile, profile.username)
        PreviousUsername.objects.filter(profile=profile, username=data.username).delete()
    profile.username = data.username
    profile.handle_lost_at = None
    profile.external_id = profile.external_id or data.external_id


def _remember_alias(profile: Profile, handle: str) -> None:
    PreviousUsername.objects.update_or_create(profile=profile, username=handle, defaults={"until": timezone.now()})
