"""Storing an answer: what it tells is taken, what it does not tell is kept."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import zstandard
from django.utils import timezone

from apps.profiles.errors import ProfileNotFound
from apps.profiles.gateways import Answer
from apps.profiles.models import CreatorMetadata, Profile, RawPayload, RelatedProfile
from apps.profiles.normalise import PostPage, ProfileData, find_addresses

from .engagement import store_engagement
from .flagging import renew_flags
from .identity import LockedProfile, lock_profile
from .plausibility import judge_profile
from .posting import store_posts
from .snapshots import store_history, take_snapshot

_PLAIN_FIELDS = (
    "full_name", "biography", "external_url", "category", "is_verified", "is_private", "is_business",
    "is_professional", "business_email", "business_phone", "country_code", "followers", "following", "posts_count",
    "highlights_count",
)  # fmt: skip
_COUNTS = ("followers", "following", "posts_count")


def store_answer(answer: Answer, *, asked: str, more: Answer | None = None) -> tuple[Profile, bool]:
    """Store a profile's answer with its posts, snapshot and raw form; the profile, and whether it is new.

    Runs inside the caller's transaction. Storing the same answer again changes nothing but the time of the refresh.
    The posts of `more` take the place of those that came with the profile. Raises `ProfileNotFound` for a creator who
    was removed at its own wish: nothing of it is taken in again.
    """
    data = answer.data
    if not isinstance(data, ProfileData):
        raise TypeError(answer.capability)
    profile, created = lock_profile(data, asked=asked, source=answer.source, synthetic=answer.synthetic)
    if profile.suppressed_at is not None:
        raise ProfileNotFound(details={"username": asked})
    before = _shown(profile)
    _apply(profile, data, answer)
    page = more.data if more and isinstance(more.data, PostPage) and more.data.posts else data.timeline
    posts_changed = store_posts(profile, page, seen_at=answer.fetched_at)
    renew_flags(profile)
    if page.posts or page.contiguous:
        profile.posts_refreshed_at = answer.fetched_at
    profile.flags = judge_profile(profile, data)
    _store_related(profile, data)
    _store_metadata(profile, data)
    profile.save()
    if created:
        store_history(profile, data.history, source=answer.source)
    take_snapshot(profile, at=answer.fetched_at, source=answer.source)
    store_engagement(profile)
    if not created and (posts_changed or _shown(profile) != before):
        profile.version += 1
    profile.save()
    for heard in (answer, more):
        if heard is not None:
            _store_raw(profile, heard, asked=asked)
    return profile, created


def _shown(profile: Profile) -> dict[str, Any]:
    """The fields that a report shows."""
    return {
        name: getattr(profile, name) for name in (*_PLAIN_FIELDS, "username", "links", "flags", "avatar_source_url")
    }


def _apply(profile: LockedProfile, data: ProfileData, answer: Answer) -> None:
    for name in _PLAIN_FIELDS:
        value = getattr(data, name)
        if value is not None:
            setattr(profile, name, value)
    if data.links is not None:
        profile.links = list(data.links)
    if data.biography is not None:
        profile.biography_email = next(find_addresses(data.biography), "")[:254]
    if data.avatar_url and _without_signature(data.avatar_url) != _without_signature(profile.avatar_source_url):
        profile.avatar = None
    profile.avatar_source_url = data.avatar_url or profile.avatar_source_url
    profile.source, profile.synthetic = answer.source, answer.synthetic
    profile.refreshed_at = answer.fetched_at
    profile.stale_since, profile.stale_reason, profile.unavailable_at = None, "", None


def _without_signature(url: str) -> str:
    """Picture addresses are signed anew with every answer; the path names the picture."""
    return url.partition("?")[0].rpartition("/")[2]


def _store_related(profile: LockedProfile, data: ProfileData) -> None:
    now = timezone.now()
    rows = [
        RelatedProfile(
            profile=profile, username=item.username, external_id=item.external_id, full_name=item.full_name,
            is_verified=item.is_verified, is_private=item.is_private, avatar_source_url=item.avatar_url,
            position=position, last_seen_at=now,
        )
        for position, item in enumerate(data.related)
    ]  # fmt: skip
    _upsert(RelatedProfile, rows, unique=["profile", "username"], keep={"id", "profile", "username"})


def _store_metadata(profile: LockedProfile, data: ProfileData) -> None:
    if data.metadata is None:
        return
    told = {key: value for key, value in asdict(data.metadata).items() if value not in (None, "", (), [])}
    told = {key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}
    CreatorMetadata.objects.update_or_create(profile=profile, defaults={**told, "updated_at": timezone.now()})


def _upsert(model: Any, rows: Iterable[Any], *, unique: list[str], keep: set[str]) -> None:
    updated = [field.name for field in model._meta.concrete_fields if field.name not in keep]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=updated)


def _store_raw(profile: LockedProfile, answer: Answer, *, asked: str) -> None:
    """Keep the answer as it came, compressed, unless it is the same as the last one."""
    digest = hashlib.sha256(answer.raw).hexdigest()
    last = RawPayload.objects.filter(profile=profile, capability=answer.capability).only("sha256").first()
    if last is not None and last.sha256 == digest:
        return
    RawPayload.objects.create(
        profile=profile,
        username=asked,
        source=answer.source,
        capability=answer.capability,
        body=zstandard.compress(answer.raw, 10),
        size_bytes=len(answer.raw),
        sha256=digest,
        fetched_at=answer.fetched_at,
    )
