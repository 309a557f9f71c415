"""Buying a post's analytics: any public post, its comments and how it compares; paid where there is enough to read."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from django.conf import settings

from apps.accounts.models import User
from apps.credits.selectors import check_cap
from apps.credits.services import release_hold
from apps.discovery.errors import ProfilePrivate
from apps.discovery.models import PostUnlock
from apps.discovery.selectors.entitlements import find_post_unlock
from apps.discovery.selectors.worth import find_post_shortfalls, is_ready
from apps.discovery.services.preparing import prepare_report
from apps.discovery.services.settling import (
    ANALYTICS,
    Deal,
    Payment,
    place_hold,
    settle_limited,
    show_charge,
    store_purchase,
)
from apps.discovery.services.starting import PaidWork, name_hold, start_paid_work
from apps.jobs.errors import JobEnded, error_of
from apps.jobs.models import Job
from apps.jobs.runs import JobRun
from apps.jobs.selectors import find_active_job
from apps.jobs.services import wait_for_job
from apps.profiles.errors import InvalidShortcode
from apps.profiles.models import Post
from apps.profiles.selectors import get_preview, list_copies, read_shortcode
from apps.profiles.services import read_comments, read_post
from apps.teams.models import Team

ANALYTICS_KIND = "discovery.post_analytics"
FREE = show_charge(None, ware=ANALYTICS)


@dataclass(frozen=True, slots=True)
class AnalyticsAnswer:
    """What came of asking for a post's analytics.

    `unlocked`: paid now; `already`: the team had them; `limited`: too little to read, `reasons`, nothing charged;
    `pending`: `job` works on it, `held` credits are set aside by this request.
    """

    state: Literal["unlocked", "already", "limited", "pending"]
    shortcode: str
    post: Post | None = None
    charge: dict[str, Any] = field(default_factory=lambda: dict(FREE))
    reasons: list[dict[str, Any]] = field(default_factory=list)
    job: Job | None = None
    held: int = 0


@dataclass(frozen=True, slots=True)
class PostWish:
    """One member's wish for one post, checked as far as it can be without work."""

    team: Team
    member: User
    shortcode: str
    is_known: bool
    max_credits: int | None


def buy_post_analytics(
    *, team: Team, member: User, address: str, max_credits: int | None = None, wait_seconds: float | None = None
) -> AnalyticsAnswer:
    """Give the current team a public post's analytics for good. Asking twice, or in parallel, costs once.

    `address` is a shortcode or a post's address. The price is held first, captured in the transaction that stores the
    purchase, and released if there is too little to read. A post that was read with its comments within the day is
    bought at once; else a job does the work, the same one for everybody in the team, waited for up to `wait_seconds`.

    Refusals with nothing changed, in API.md's order: `InvalidShortcode`, `MemberCapReached`, `PostNotFound`,
    `ProfilePrivate`, `InsufficientCredits` / `AllowanceUsed`, `PriceChanged`.
    """
    shortcode = read_shortcode(address)
    if not shortcode:
        raise InvalidShortcode
    copies = list_copies(shortcode)
    if bought := find_post_unlock(copies):
        return AnalyticsAnswer(state="already", shortcode=shortcode, post=_pick(copies, bought))
    check_cap(action=ANALYTICS.action, member=member)
    post = copies[0] if copies else None
    wish = PostWish(team=team, member=member, shortcode=shortcode, is_known=post is not None, max_credits=max_credits)
    running = find_active_job(kind=ANALYTICS_KIND, team=team, dedup_key=shortcode)
    if running is None and post is not None and is_ready(post):
        return _buy_now(wish, post)
    job, held = (running, 0) if running else _start(wish)
    job = wait_for_job(job_id=job.pk, seconds=wait_seconds or 0)
    if job.is_active:
        return AnalyticsAnswer(state="pending", shortcode=shortcode, post=post, job=job, held=held)
    return read_outcome(job, member=member)


def _pick(copies: list[Post], unlock: PostUnlock) -> Post:
    return next(post for post in copies if post.pk == unlock.post_id)


def _buy_now(wish: PostWish, post: Post) -> AnalyticsAnswer:
    _refuse_private(post)
    if reasons := find_post_shortfalls(post):
        return AnalyticsAnswer(state="limited", shortcode=wish.shortcode, post=post, reasons=reasons)
    prepare_report(post.profile)
    payment = Payment(member=wish.member, hold_key=f"post:{post.pk}", max_credits=wish.max_credits)
    _, charge = store_purchase(deal=Deal(ANALYTICS, post, post.shortcode), payment=payment)
    state: Literal["unlocked", "already"] = "unlocked" if charge else "already"
    return AnalyticsAnswer(state=state, shortcode=wish.shortcode, post=post, charge=show_charge(charge, ware=ANALYTICS))


def _refuse_private(post: Post) -> None:
    if post.profile.is_private:
        raise ProfilePrivate(details={"preview": get_preview(post.profile)})


def _start(wish: PostWish) -> tuple[Job, int]:
    work = PaidWork(
        kind=ANALYTICS_KIND,
        ware=ANALYTICS,
        subject=("shortcode", wish.shortcode),
        team=wish.team,
        member=wish.member,
        max_credits=wish.max_credits,
        is_known=wish.is_known,
    )
    return start_paid_work(work)


def _hold_key(job: Job) -> str:
    return name_hold(ANALYTICS, job, parameter="shortcode")


def work_on_post(run: JobRun) -> None:
    """Read the post and its comments, make sure that they are worth the price, then store and charge."""
    shortcode = run.params["shortcode"]
    if run.job.user is None:
        raise LookupError("Analytics are asked for by a member.")
    payment = Payment(member=run.job.user, hold_key=_hold_key(run.job), max_credits=run.params.get("max_credits"))
    run.report(0, 3, "Asking Instagram's data source for the post")
    fresh = timedelta(hours=settings.REPORT_FRESH_HOURS)
    post = read_post(shortcode=shortcode, max_age=fresh)
    _refuse_private(post)
    run.report(1, 3, "Reading its comments")
    read_comments(post=post, limit=settings.COMMENTS_OF_BOUGHT_POST, max_age=fresh)
    post.refresh_from_db()
    if reasons := find_post_shortfalls(post):
        settle_limited(run=run, label=shortcode, hold_key=payment.hold_key, reasons=reasons, ware=ANALYTICS)
        return
    place_hold(payment=payment, label=shortcode, job_id=run.job.pk, ware=ANALYTICS)
    run.report(2, 3, "Comparing it with the creator's other posts")
    prepare_report(post.profile)
    store_purchase(deal=Deal(ANALYTICS, post, shortcode), payment=payment, run=run)


def give_back_post(job: Job) -> None:
    """Failed or cancelled work costs nothing."""
    release_hold(key=_hold_key(job))


def read_outcome(job: Job, *, member: User) -> AnalyticsAnswer:
    """What an ended job means for a member; raises the job's own error when it failed or was cancelled."""
    if job.state == Job.State.FAILED:
        raise error_of(job.error or {})
    if job.state == Job.State.CANCELLED:
        raise JobEnded("The analysis was cancelled. Nothing was charged.", details={"state": job.state})
    result = job.result or {}
    shortcode = result["shortcode"]
    copies = list_copies(shortcode)
    if result["outcome"] == "limited":
        return AnalyticsAnswer(state="limited", shortcode=shortcode, post=copies[0], reasons=result["reasons"])
    unlock = PostUnlock.objects.get(pk=result["unlock_id"])
    paid_by_me = result["outcome"] == "unlocked" and job.user_id == member.pk
    charge = {"action": ANALYTICS.action, "units": 1, "credits": unlock.credits, "draws": unlock.draws}
    state: Literal["unlocked", "already"] = "unlocked" if paid_by_me else "already"
    return AnalyticsAnswer(
        state=state, shortcode=shortcode, post=_pick(copies, unlock), charge=charge if paid_by_me else dict(FREE)
    )
