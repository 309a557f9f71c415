"""Looking a creator up: free, bounded by the team's daily budget where it costs upstream money."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.credits.selectors import quote
from apps.discovery.errors import BudgetUsed
from apps.discovery.models import BudgetUse, Lookup, Unlock
from apps.discovery.selectors.doors import ACTION
from apps.discovery.selectors.entitlements import find_unlock
from apps.discovery.selectors.handles import check_handle
from apps.discovery.services.budgets import spend_budget
from apps.discovery.services.trails import record_lookup
from apps.jobs.errors import error_of
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.jobs.services import submit_job, wait_for_job
from apps.profiles.errors import ProfileNotFound
from apps.profiles.models import Profile
from apps.profiles.selectors import find_profile, get_preview, normalise_username
from apps.teams.models import Team

LOOKUP_KIND = "discovery.lookup"


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """What a look-up found.

    `unlocked`: `profile` and `unlock`; `locked`: `preview` and `quote`; `private`: `preview`; `pending`: `job`.
    """

    state: Literal["unlocked", "locked", "private", "pending"]
    username: str
    profile: Profile | None = None
    unlock: Unlock | None = None
    preview: dict[str, Any] | None = None
    quote: dict[str, Any] | None = None
    job: Job | None = None


def look_up_profile(*, team: Team, member: User, username: str, wait_seconds: float | None = None) -> LookupAnswer:
    """Find a creator for the current team without charging anything.

    A creator never seen before is fetched by a job, waited for up to `wait_seconds` (default `LOOKUP_WAIT_SECONDS`).
    Raises `InvalidUsername`, `ProfileNotFound` (remembered for an hour), `SourceUnavailable` when nothing is stored,
    and `BudgetUsed`. A stored creator is answered from what is stored, however old, and renewed in the background.
    """
    username = normalise_username(username)
    profile = find_profile(username)
    if profile is None:
        job = fetch_unseen(team=team, member=member, username=username, wait_seconds=wait_seconds)
        if job.is_active:
            record_lookup(member=member, username=username, outcome=Lookup.Outcome.PENDING)
            return LookupAnswer(state="pending", username=username, job=job)
        profile = _fetched(job, member=member, username=username)
    answer = describe_profile(profile, member=member)
    record_lookup(member=member, username=profile.username, outcome=answer.state, profile=profile)
    if answer.state != "unlocked":
        renew_preview(team=team, member=member, profile=profile)
    return answer


def describe_profile(profile: Profile, *, member: User | None) -> LookupAnswer:
    """What the current team sees of a stored creator."""
    username = profile.username
    if unlock := find_unlock(profile):
        return LookupAnswer(state="unlocked", username=username, profile=profile, unlock=unlock)
    preview = get_preview(profile)
    if profile.is_private:
        return LookupAnswer(state="private", username=username, profile=profile, preview=preview)
    price = quote(action=ACTION, units=1, member=member)
    return LookupAnswer(state="locked", username=username, profile=profile, preview=preview, quote=price)


def fetch_unseen(*, team: Team, member: User, username: str, wait_seconds: float | None) -> Job:
    """The job that fetches a creator never seen before, waited for. One of today's look-ups is used once per job."""
    check_handle(username)
    job = find_active_job(kind=LOOKUP_KIND, team=team, dedup_key=username)
    if job is None:
        spend_budget(team=team, kind=BudgetUse.Kind.LOOKUP)
        job = start_lookup(team=team, member=member, username=username)
    seconds = settings.LOOKUP_WAIT_SECONDS if wait_seconds is None else wait_seconds
    return wait_for_job(job_id=job.pk, seconds=seconds)


def start_lookup(*, team: Team, member: User, username: str) -> Job:
    return submit_job(
        kind=LOOKUP_KIND,
        params={"username": username},
        team=team,
        user=member,
        dedup_key=username,
        queue=Job.Queue.PRIORITY,
    )


def renew_preview(*, team: Team, member: User, profile: Profile) -> None:
    """Have an old preview fetched again behind the answer, while today's budget lasts."""
    fresh = timezone.now() - timedelta(days=settings.PREVIEW_FRESH_DAYS)
    if profile.refreshed_at is not None and profile.refreshed_at > fresh:
        return
    if find_active_job(kind=LOOKUP_KIND, team=team, dedup_key=profile.username):
        return
    with suppress(BudgetUsed):
        spend_budget(team=team, kind=BudgetUse.Kind.LOOKUP)
        start_lookup(team=team, member=member, username=profile.username)


def _fetched(job: Job, *, member: User, username: str) -> Profile:
    if job.state == Job.State.FAILED:
        error = error_of(job.error or {})
        if error.code == ProfileNotFound.code:
            record_lookup(member=member, username=username, outcome=Lookup.Outcome.NOT_FOUND)
        raise error
    profile = find_profile(username)
    if profile is None:
        raise ProfileNotFound
    return profile
