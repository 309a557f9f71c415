"""What the team unlocked, what a member looked up, what is being worked on, and whom one may mean."""

from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.discovery.models import Lookup, Unlock
from apps.discovery.selectors.entitlements import list_unlocked_ids
from apps.jobs.models import Job
from apps.profiles.errors import InvalidUsername
from apps.profiles.selectors import get_preview, normalise_username, suggest_profiles
from apps.teams.models import Team


def list_unlocked() -> QuerySet[Unlock]:
    """The current team's unlocks, newest first, each with its `profile` and `profile.avatar`."""
    unlocks = Unlock.objects.filter(profile__suppressed_at=None)
    return unlocks.select_related("profile", "profile__avatar", "member").order_by("-created_at", "-id")


def list_recent_lookups(*, member: User) -> QuerySet[Lookup]:
    """The handles a member looked up, last first, each once, with its `profile` (null when there is none)."""
    lookups = Lookup.objects.filter(member=member).select_related("profile", "profile__avatar")
    return lookups.order_by("-looked_up_at", "-id")


def list_running_jobs(*, team: Team) -> list[Job]:
    """The team's queued and running jobs of discovery, newest first; show one with `apps.jobs.selectors.show_job`."""
    active = Job.objects.filter(team=team, kind__startswith="discovery.", state__in=Job.ACTIVE)
    return list(active.select_related("team").order_by("-created_at", "-id")[:50])


def suggest_typed(text: str) -> dict[str, Any]:
    """What a type-ahead field offers: `known` creators, and the `handle` that was typed where it is none of theirs."""
    typed = text.strip()[:200]
    known = suggest_creators(typed) if typed else []
    handle = _find_handle(typed)
    if any(creator["username"] == handle for creator in known):
        handle = ""
    return {"typed": typed, "known": known, "handle": handle}


def _find_handle(typed: str) -> str:
    try:
        return normalise_username(typed)
    except InvalidUsername:
        return ""


def suggest_creators(text: str) -> list[dict[str, Any]]:
    """At most 8 known creators for what somebody has begun to type: previews with `unlocked`. Asks no source."""
    profiles = suggest_profiles(text)
    unlocked = list_unlocked_ids([profile.pk for profile in profiles])
    return [{**get_preview(profile), "unlocked": profile.pk in unlocked} for profile in profiles]
