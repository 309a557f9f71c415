"""Pages of a team that join several apps: home, running work, plans."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.models import User
from apps.credits.selectors import get_allowances, list_notices
from apps.discovery.selectors import list_running_jobs, list_unlocked
from apps.discovery.selectors.rows import describe_unlocks
from apps.portal.selectors import get_pricing
from apps.portal.selectors.allowances import describe_allowances
from apps.portal.selectors.memberships import list_open_teams
from apps.teams.access import TeamRequest, part_of, signed_in, team_page

RECENT_REPORTS = 6
WORDS = {
    "discovery.lookup": "Looking up",
    "discovery.unlock": "Unlocking",
    "discovery.unlock_many": "Unlocking",
    "discovery.refresh": "Reading again",
}


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The user's first open team, or a page that says why there is none."""
    membership = list_open_teams(signed_in(request)).first()
    if membership:
        return redirect("portal:dashboard", membership.team.slug)
    return render(request, "portal/no_team.html")


@require_GET
@team_page()
def dashboard(request: TeamRequest) -> HttpResponse:
    unlocks = list_unlocked()
    rows = describe_unlocks(unlocks[:RECENT_REPORTS])
    context = {
        "nav": "dashboard",
        "greeting": greet(request.user),
        "rows": rows,
        "count": unlocks.count() if len(rows) == RECENT_REPORTS else len(rows),
        "allowances": describe_allowances(get_allowances()),
        "jobs": describe_jobs(request),
        "notices": list_notices(membership=request.membership),
    }
    return render(request, "portal/dashboard.html", context)


@require_GET
@team_page()
@part_of("portal:dashboard")
def running(request: TeamRequest) -> HttpResponse:
    """The panel of running work; asks again while there is any, and has the page read again when the last one ends."""
    jobs = describe_jobs(request)
    response = render(request, "portal/dashboard/jobs.html", {"jobs": jobs})
    if not jobs:
        response["HX-Refresh"] = "true"
    return response


@require_GET
@team_page()
def plans(request: TeamRequest) -> HttpResponse:
    context = {"nav": "plans", "pricing": get_pricing(), "current": request.team.plan_version.plan.code}
    return render(request, "portal/plans.html", context)


def greet(user: User) -> str:
    """ "Good morning, Robin", by the clock of the user's own time zone."""
    try:
        zone = ZoneInfo(user.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    hour = timezone.localtime(timezone=zone).hour
    word = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"Good {word}, {user.display_name.split()[0]}"


def describe_jobs(request: TeamRequest) -> list[dict[str, Any]]:
    return [
        {
            "username": job.params.get("username", ""),
            "subject": _name_subject(job.params),
            "word": WORDS.get(job.kind, "Working on"),
            "done": job.progress_done,
            "total": job.progress_total,
            "message": job.progress_message or ("Waiting for its turn" if job.state == "queued" else "Starting"),
        }
        for job in list_running_jobs(team=request.team)
    ]


def _name_subject(params: dict[str, Any]) -> str:
    """What a job is about: one creator by name, several by number."""
    return f"@{params['username']}" if params.get("username") else f"{len(params.get('usernames', []))} creators"
