"""The long work of discovery, done by workers inside the team that asked. Each step may run twice."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings

from apps.core.tasks import PublicTask
from apps.credits.selectors import quote
from apps.credits.services import release_hold
from apps.discovery.selectors.doors import ACTION
from apps.discovery.selectors.fanning import list_paying_teams
from apps.discovery.selectors.minimum import find_shortfalls
from apps.discovery.services.analytics import ANALYTICS_KIND, give_back_post, work_on_post
from apps.discovery.services.bulk import BULK_KIND, release_holds, show_tally, unlock_all
from apps.discovery.services.looking_up import LOOKUP_KIND
from apps.discovery.services.preparing import prepare_report
from apps.discovery.services.reading import read_sellable
from apps.discovery.services.refreshing import REFRESH_KIND
from apps.discovery.services.settling import Payment, place_hold, settle_limited, store_unlock
from apps.discovery.services.tracking import track_unlocked
from apps.discovery.services.trails import purge_trails
from apps.discovery.services.unlocking import UNLOCK_KIND, get_hold_key
from apps.jobs.handlers import job_handler, job_result, on_job_end
from apps.jobs.models import Job
from apps.jobs.runs import JobRun
from apps.profiles.selectors import find_profile, get_preview
from apps.profiles.services import refresh_profile, submit_discussion
from apps.teams.access import enter_team
from apps.teams.models import Team


@job_handler(LOOKUP_KIND)
def run_lookup(run: JobRun) -> dict[str, Any]:
    """Fetch a creator for its preview."""
    username = run.params["username"]
    run.report(0, 1, f"Asking Instagram's data source for @{username}")
    refresh = refresh_profile(username=username, max_age=timedelta(hours=settings.REPORT_FRESH_HOURS))
    return {"username": refresh.profile.username, "profile_id": refresh.profile.pk}


@job_result(LOOKUP_KIND)
def show_lookup(job: Job) -> dict[str, Any]:
    """The locked preview with its price, as `GET profile/{username}` shows it."""
    result = job.result or {}
    profile = find_profile(result.get("username", ""))
    if profile is None:
        return result
    shown = {"username": profile.username, "url": f"/api/v1/instagram/profile/{profile.username}"}
    return {**shown, "preview": get_preview(profile), "quote": quote(action=ACTION, units=1, member=job.user)}


@job_handler(UNLOCK_KIND)
def run_unlock(run: JobRun) -> dict[str, Any]:
    """Read the creator, make sure the report is worth its price, label the captions, then store and charge."""
    username = run.params["username"]
    payment = Payment(
        member=_requester(run.job), hold_key=get_hold_key(run.job), max_credits=run.params.get("max_credits")
    )
    run.report(0, 3, f"Asking Instagram's data source for @{username}")
    profile = read_sellable(username)
    if reasons := find_shortfalls(profile):
        settle_limited(run=run, label=profile.username, hold_key=payment.hold_key, reasons=reasons)
        return {}
    place_hold(payment=payment, label=profile.username, job_id=run.job.pk)
    run.report(1, 3, "Reading the captions")
    prepare_report(profile)
    run.report(2, 3, "Putting the report together")
    store_unlock(profile=profile, payment=payment, run=run)
    return {}


@job_result(UNLOCK_KIND)
def show_unlock(job: Job) -> dict[str, Any]:
    """What came of it, with the way to the report."""
    result = job.result or {}
    shown = {name: result[name] for name in ("username", "outcome", "charged", "reasons") if name in result}
    if result.get("outcome") == "limited":
        profile = find_profile(result["username"])
        shown["code"] = "report.limited"
        shown["preview"] = get_preview(profile) if profile else None
    return {**shown, "url": f"/api/v1/instagram/profile/{result.get('username', '')}"}


@on_job_end(UNLOCK_KIND)
def give_back(job: Job) -> None:
    """A failed or cancelled unlock costs nothing."""
    release_hold(key=get_hold_key(job))


@job_handler(ANALYTICS_KIND)
def run_post_analytics(run: JobRun) -> dict[str, Any]:
    """Read a post with its comments, make sure that they are worth the price, then store and charge."""
    work_on_post(run)
    return {}


@job_result(ANALYTICS_KIND)
def show_post_analytics(job: Job) -> dict[str, Any]:
    """What came of it, with the way to the analytics."""
    result = job.result or {}
    shown = {name: result[name] for name in ("shortcode", "outcome", "charged", "reasons") if name in result}
    if result.get("outcome") == "limited":
        shown["code"] = "report.limited"
    return {**shown, "url": f"/api/v1/instagram/posts/{result.get('shortcode', '')}/analytics"}


on_job_end(ANALYTICS_KIND)(give_back_post)
job_handler(BULK_KIND)(unlock_all)
job_result(BULK_KIND)(show_tally)
on_job_end(BULK_KIND)(release_holds)


@job_handler(REFRESH_KIND)
def run_refresh(run: JobRun) -> dict[str, Any]:
    """Read an unlocked creator again; a source that does not answer leaves what is stored."""
    username = run.params["username"]
    run.report(0, 2, f"Asking Instagram's data source for @{username}")
    refresh = refresh_profile(username=username, max_age=timedelta(hours=settings.REPORT_FRESH_HOURS))
    run.report(1, 2, "Reading the captions")
    prepare_report(refresh.profile)
    submit_discussion(refresh.profile)
    return {
        "username": refresh.profile.username,
        "profile_id": refresh.profile.pk,
        "stale": refresh.stale,
        "reason": refresh.reason,
    }


@job_result(REFRESH_KIND)
def show_refresh(job: Job) -> dict[str, Any]:
    result = job.result or {}
    shown = {name: result.get(name) for name in ("username", "stale", "reason")}
    return {**shown, "url": f"/api/v1/instagram/profile/{result.get('username', '')}"}


@shared_task(name="discovery.purge_all_trails", ignore_result=True, base=PublicTask)
def purge_all_trails() -> int:
    """Beat, once a day: one small task for each active team. Returns how many."""
    teams = list(Team.objects.filter(state=Team.State.ACTIVE).order_by("pk"))
    for team in teams:
        with enter_team(team):
            purge_team_trails.delay()
    return len(teams)


@shared_task(name="discovery.track_all_unlocked", ignore_result=True, base=PublicTask)
def track_all_unlocked() -> int:
    """Beat, every six hours: one small task for each active paying team. Returns how many."""
    teams = list_paying_teams()
    for team in teams:
        with enter_team(team):
            track_team_unlocked.apply_async(queue="background")
    return len(teams)


@shared_task(name="discovery.track_unlocked", ignore_result=True)
def track_team_unlocked() -> int:
    """Say whom the current team wants to be kept up to date."""
    return track_unlocked()


@shared_task(name="discovery.purge_trails", ignore_result=True)
def purge_team_trails() -> int:
    """Drop the current team's old access trail."""
    return purge_trails()


def _requester(job: Job) -> Any:
    if job.user is None:
        raise LookupError("An unlock is asked for by a member.")
    return job.user
