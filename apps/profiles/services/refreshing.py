"""Refreshing a creator: claim (commit) → ask the sources → settle (commit)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.profiles import gateways
from apps.profiles.errors import ProfileNotFound, SourceUnavailable
from apps.profiles.gateways import AccountAbsent, Answer
from apps.profiles.models import AbsentHandle, Profile, RefreshLease
from apps.profiles.normalise import ProfileData
from apps.profiles.selectors import find_profile, is_absent, is_removed, normalise_username
from apps.profiles.signals import profile_refreshed

from .leases import HeldLease, claim_lease, close_lease, wait_for_other
from .storing import store_answer

logger = structlog.get_logger(__name__)
MAX_WAIT_SECONDS = 150.0


@dataclass(frozen=True, slots=True)
class Refresh:
    """How a refresh ended. `stale`: the stored profile stands in for an answer that could not be had; `reason` why:
    "fresh" (young enough, nobody was asked), "refreshed", "source_unavailable", "account_unavailable"."""

    profile: Profile
    created: bool
    source: str
    stale: bool
    reason: str


def refresh_profile(*, username: str, max_age: timedelta | None = None, synthetic: bool | None = None) -> Refresh:
    """Bring a creator up to date from the first source that answers, at most once at a time over all teams.

    With `max_age`, a profile refreshed within it is returned as it is. Callers who come while a refresh runs wait for
    it and share its result. Stored data is never lost: when no source answers, or the account is gone, the stored
    profile comes back `stale`. With `synthetic` only sources of that kind are asked. Raises `InvalidUsername`,
    `ProfileNotFound` (believed for an hour) and `SourceUnavailable`, the last two only when nothing is stored.
    Repeatable; must not run inside a transaction.
    Sends `profile_refreshed` after new data was stored.
    """
    handle = normalise_username(username)
    deadline = timezone.now() + timedelta(seconds=MAX_WAIT_SECONDS)
    while timezone.now() < deadline:
        if known := _known_answer(handle, max_age):
            return known
        if lease := claim_lease(handle):
            return _refresh(lease, synthetic=synthetic)
        left = (deadline - timezone.now()).total_seconds()
        if other := wait_for_other(handle, seconds=left):
            return _share(other)
    return _fall_back(handle, "busy")


def _known_answer(handle: str, max_age: timedelta | None) -> Refresh | None:
    """What needs nobody to be asked: a young profile, an absence concluded within the hour, a suppressed creator."""
    if is_removed(handle):
        raise ProfileNotFound(details={"username": handle})
    profile = find_profile(handle)
    if is_absent(handle):
        return _gone(profile, handle)
    if profile is not None and max_age is not None and _is_young(profile, timezone.now() - max_age):
        return Refresh(
            profile, created=False, source=profile.source, stale=profile.stale_since is not None, reason="fresh"
        )
    return None


def _is_young(profile: Profile, since: datetime) -> bool:
    return profile.refreshed_at is not None and profile.refreshed_at >= since and profile.unavailable_at is None


def _refresh(lease: HeldLease, *, synthetic: bool | None) -> Refresh:
    """Ask and settle under a lease that is closed whatever happens."""
    try:
        with lease.held():
            answer = _fetch(lease, synthetic=synthetic)
            more = _fetch_more_posts(lease, answer)
        refresh = _settle(lease, answer, more)
    except AccountAbsent as absence:
        return _settle_absence(lease, source=absence.details["source"])
    except ProfileNotFound:
        close_lease(lease, outcome=RefreshLease.Outcome.ABSENT)
        raise
    except SourceUnavailable as error:
        close_lease(lease, outcome=RefreshLease.Outcome.FAILED, reason="source_unavailable")
        return _fall_back(lease.username, "source_unavailable", error)
    except BaseException:
        close_lease(lease, outcome=RefreshLease.Outcome.FAILED, reason="error")
        raise
    profile_refreshed.send(sender=Profile, profile_id=refresh.profile.pk)
    return refresh


def _fetch(lease: HeldLease, *, synthetic: bool | None) -> Answer:
    """A stored real creator never becomes synthetic; a synthetic one is not gone because Instagram does not know it."""
    known = find_profile(lease.username)
    if known is not None and not known.synthetic:
        synthetic = False
    try:
        return gateways.fetch_profile(lease.username, keep_alive=lease.renew, synthetic=synthetic)
    except AccountAbsent:
        if known is None or not known.synthetic or synthetic:
            raise
    return gateways.fetch_profile(lease.username, keep_alive=lease.renew, synthetic=True)


def _fetch_more_posts(lease: HeldLease, answer: Answer) -> Answer | None:
    """Posts from a source that has more than came with the profile; failing to get them fails nothing."""
    profile = answer.data
    if not isinstance(profile, ProfileData) or profile.is_private or not profile.posts_count:
        return None
    have, wanted = len(profile.timeline.posts), min(settings.PROFILE_POSTS_LIMIT, profile.posts_count)
    if have and (have >= wanted or settings.PROFILE_POSTS_LIMIT <= 12):
        return None
    try:
        return gateways.fetch_posts(
            profile.username, limit=settings.PROFILE_POSTS_LIMIT, synthetic=answer.synthetic, keep_alive=lease.renew
        )
    except (AccountAbsent, SourceUnavailable) as error:
        logger.info("profiles.posts_not_fetched", username=profile.username, reason=error.code)
        return None


def _settle(lease: HeldLease, answer: Answer, more: Answer | None) -> Refresh:
    with transaction.atomic(durable=True):
        profile, created = store_answer(answer, asked=lease.username, more=more)
        AbsentHandle.objects.filter(username__in=[lease.username, profile.username]).delete()
        close_lease(
            lease, outcome=RefreshLease.Outcome.REFRESHED, profile=profile, created=created, reason=answer.source
        )
    return Refresh(profile, created=created, source=answer.source, stale=False, reason="refreshed")


def _settle_absence(lease: HeldLease, *, source: str) -> Refresh:
    """Remember that the handle answers to nobody; a creator stored under it is kept and marked unavailable."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        AbsentHandle.objects.update_or_create(username=lease.username, defaults={"concluded_at": now, "source": source})
        Profile.objects.filter(
            username=lease.username, handle_lost_at__isnull=True, unavailable_at__isnull=True
        ).update(unavailable_at=now)
        close_lease(lease, outcome=RefreshLease.Outcome.ABSENT)
    return _gone(find_profile(lease.username), lease.username)


def _gone(profile: Profile | None, handle: str) -> Refresh:
    """A vanished account: what is stored of it, or under the name it has now, else not found."""
    if profile is None:
        raise ProfileNotFound(details={"username": handle})
    reason = "account_unavailable" if profile.unavailable_at else "renamed"
    return Refresh(profile, created=False, source=profile.source, stale=True, reason=reason)


def _share(lease: RefreshLease) -> Refresh:
    """The result of the refresh that somebody else has just made."""
    if lease.outcome == RefreshLease.Outcome.ABSENT:
        return _gone(find_profile(lease.username), lease.username)
    profile = find_profile(lease.username)
    if lease.outcome == RefreshLease.Outcome.FAILED or profile is None:
        return _fall_back(lease.username, lease.reason or "source_unavailable")
    return Refresh(profile, created=lease.created, source=profile.source, stale=False, reason="refreshed")


def _fall_back(handle: str, reason: str, error: SourceUnavailable | None = None) -> Refresh:
    """The stored profile, marked stale since the first failure; without one the failure itself."""
    profile = find_profile(handle)
    if profile is None or profile.refreshed_at is None:
        raise error or SourceUnavailable(details={"reasons": {"refresh": reason}}, retry_after=30)
    Profile.objects.filter(pk=profile.pk, stale_since__isnull=True).update(
        stale_since=timezone.now(), stale_reason=reason
    )
    profile.refresh_from_db(fields=["stale_since", "stale_reason"])
    return Refresh(profile, created=False, source=profile.source, stale=True, reason=reason)
