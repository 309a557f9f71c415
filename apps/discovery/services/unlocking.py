"""Unlocking a creator: held first, captured in the commit that stores the unlock, never paid twice or for nothing."""

from dataclasses import dataclass, field
from typing import Any, Literal

from apps.accounts.models import User
from apps.credits.selectors import check_cap
from apps.discovery.errors import ProfilePrivate
from apps.discovery.models import Unlock
from apps.discovery.selectors.entitlements import find_unlock
from apps.discovery.selectors.handles import check_handle
from apps.discovery.selectors.minimum import find_shortfalls, has_fresh_posts, is_young
from apps.discovery.services.preparing import prepare_report
from apps.discovery.services.settling import ACTION, REPORT, Payment, show_charge, store_unlock
from apps.discovery.services.starting import PaidWork, name_hold, start_paid_work
from apps.jobs.errors import JobEnded, error_of
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.jobs.services import wait_for_job
from apps.profiles.models import Profile
from apps.profiles.selectors import find_profile, get_preview, normalise_username
from apps.teams.models import Team

UNLOCK_KIND = "discovery.unlock"
FREE = show_charge(None)


@dataclass(frozen=True, slots=True)
class UnlockAnswer:
    """What came of asking for an unlock.

    `unlocked`: paid now; `already`: the team had it; `limited`: too little content, `reasons` and `preview`, nothing
    charged; `pending`: `job` works on it, `held` credits are set aside by this request.
    """

    state: Literal["unlocked", "already", "limited", "pending"]
    username: str
    profile: Profile | None = None
    unlock: Unlock | None = None
    charge: dict[str, Any] = field(default_factory=lambda: dict(FREE))
    preview: dict[str, Any] | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)
    job: Job | None = None
    held: int = 0


@dataclass(frozen=True, slots=True)
class UnlockWish:
    """One member's wish for one creator, checked as far as it can be without work."""

    team: Team
    member: User
    username: str
    profile: Profile | None
    max_credits: int | None


def unlock_profile(
    *, team: Team, member: User, username: str, max_credits: int | None = None, wait_seconds: float | None = None
) -> UnlockAnswer:
    """Give the current team lasting access to a creator's report. Asking twice, or in parallel, costs once.

    The price is held first, captured in the transaction that stores the unlock, and released if no usable report can
    be made. A creator read within the day is unlocked at once; else a job does the work, the same one for everybody
    in the team, waited for up to `wait_seconds`. A job that failed while waited for raises its own error.

    Refusals with nothing changed, in API.md's order: `InvalidUsername`, `MemberCapReached`, `ProfileNotFound`,
    `ProfilePrivate`, `InsufficientCredits` / `AllowanceUsed`, `PriceChanged`.
    """
    username = normalise_username(username)
    profile = find_profile(username)
    if profile is not None and (unlock := find_unlock(profile)):
        return UnlockAnswer(state="already", username=profile.username, profile=profile, unlock=unlock)
    check_cap(action=ACTION, member=member)
    _check_existence(username, profile)
    wish = UnlockWish(
        team=team,
        member=member,
        username=profile.username if profile else username,
        profile=profile,
        max_credits=max_credits,
    )
    running = find_active_job(kind=UNLOCK_KIND, team=team, dedup_key=wish.username)
    if running is None and profile is not None and has_fresh_posts(profile):
        return _unlock_now(wish, profile)
    job, held = (running, 0) if running else _start(wish)
    return _await(wish, job=job, held=held, wait_seconds=wait_seconds or 0)


def _check_existence(username: str, profile: Profile | None) -> None:
    if profile is None or profile.unavailable_at is not None:
        check_handle(username)
    elif profile.is_private and is_young(profile):
        raise ProfilePrivate(details={"preview": get_preview(profile)})


def _unlock_now(wish: UnlockWish, profile: Profile) -> UnlockAnswer:
    if reasons := find_shortfalls(profile):
        return _limited(profile, reasons)
    prepare_report(profile)
    payment = Payment(member=wish.member, hold_key=f"unlock:{profile.pk}", max_credits=wish.max_credits)
    unlock, charge = store_unlock(profile=profile, payment=payment)
    state: Literal["unlocked", "already"] = "unlocked" if charge else "already"
    return UnlockAnswer(
        state=state, username=profile.username, profile=profile, unlock=unlock, charge=show_charge(charge)
    )


def _limited(profile: Profile, reasons: list[dict[str, Any]]) -> UnlockAnswer:
    return UnlockAnswer(
        state="limited",
        username=profile.username,
        profile=profile,
        preview=get_preview(profile),
        reasons=reasons,
    )


def _start(wish: UnlockWish) -> tuple[Job, int]:
    work = PaidWork(
        kind=UNLOCK_KIND,
        ware=REPORT,
        subject=("username", wish.username),
        team=wish.team,
        member=wish.member,
        max_credits=wish.max_credits,
        is_known=wish.profile is not None,
    )
    return start_paid_work(work)


def get_hold_key(job: Job) -> str:
    """The wallet's key of an unlock that a job does: of this creator and this job."""
    return name_hold(REPORT, job, parameter="username")


def _await(wish: UnlockWish, *, job: Job, held: int, wait_seconds: float | None) -> UnlockAnswer:
    job = wait_for_job(job_id=job.pk, seconds=wait_seconds or 0)
    if job.is_active:
        return UnlockAnswer(state="pending", username=wish.username, profile=wish.profile, job=job, held=held)
    return read_outcome(job, member=wish.member)


def read_outcome(job: Job, *, member: User) -> UnlockAnswer:
    """What an ended unlock job means for a member; raises the job's own error when it failed or was cancelled."""
    if job.state == Job.State.FAILED:
        raise error_of(job.error or {})
    if job.state == Job.State.CANCELLED:
        raise JobEnded("The unlock was cancelled. Nothing was charged.", details={"state": job.state})
    result = job.result or {}
    profile = Profile.objects.get(username=result["username"], handle_lost_at=None)
    if result["outcome"] == "limited":
        return _limited(profile, result["reasons"])
    unlock = Unlock.objects.get(profile=profile)
    paid_by_me = result["outcome"] == "unlocked" and job.user_id == member.pk
    charge = {"action": ACTION, "units": 1, "credits": unlock.credits, "draws": unlock.draws} if paid_by_me else FREE
    state: Literal["unlocked", "already"] = "unlocked" if paid_by_me else "already"
    return UnlockAnswer(state=state, username=profile.username, profile=profile, unlock=unlock, charge=dict(charge))
