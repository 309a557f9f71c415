"""Refreshing an unlocked creator: free, when the report is older than a day."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.discovery.models import BudgetUse
from apps.discovery.selectors.doors import get_unlocked_profile
from apps.discovery.services.budgets import spend_budget
from apps.jobs.errors import JobEnded, error_of
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.jobs.services import submit_job, wait_for_job
from apps.profiles.models import Profile
from apps.teams.models import Team

REFRESH_KIND = "discovery.refresh"


@dataclass(frozen=True, slots=True)
class RefreshAnswer:
    """`unchanged`: the report is younger than a day; `refreshed`: done in time; `pending`: `job` works on it."""

    state: Literal["unchanged", "refreshed", "pending"]
    profile: Profile
    job: Job | None = None


def refresh_report(*, team: Team, member: User, username: str, wait_seconds: float | None = None) -> RefreshAnswer:
    """Have an unlocked creator read again, at no cost, when the report is older than `REPORT_FRESH_HOURS`.

    A refresh under way is joined. Raises `ProfileLocked`, `ProfileNotFound`, and `BudgetUsed` beyond the team's daily
    budget. A source that does not answer leaves the stored report as it is, marked stale.
    """
    profile = get_unlocked_profile(username, member=member)
    job = find_active_job(kind=REFRESH_KIND, team=team, dedup_key=profile.username)
    if job is None:
        fresh = timezone.now() - timedelta(hours=settings.REPORT_FRESH_HOURS)
        if profile.refreshed_at is not None and profile.refreshed_at > fresh:
            return RefreshAnswer(state="unchanged", profile=profile)
        spend_budget(team=team, kind=BudgetUse.Kind.REFRESH)
        job = _submit(team=team, member=member, profile=profile)
    job = wait_for_job(job_id=job.pk, seconds=wait_seconds or 0)
    if job.is_active:
        return RefreshAnswer(state="pending", profile=profile, job=job)
    return _read_outcome(job, profile)


def _submit(*, team: Team, member: User, profile: Profile) -> Job:
    return submit_job(
        kind=REFRESH_KIND,
        params={"username": profile.username, "profile_id": profile.pk},
        team=team,
        user=member,
        dedup_key=profile.username,
        queue=Job.Queue.DEFAULT,
    )


def _read_outcome(job: Job, profile: Profile) -> RefreshAnswer:
    if job.state == Job.State.FAILED:
        raise error_of(job.error or {})
    if job.state == Job.State.CANCELLED:
        raise JobEnded("The refresh was cancelled.", details={"state": job.state})
    profile.refresh_from_db()
    return RefreshAnswer(state="refreshed", profile=profile, job=job)
