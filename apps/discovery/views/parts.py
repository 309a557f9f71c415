"""Fragments that a creator's page asks for while it is open."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect

from apps.discovery.selectors import get_report
from apps.discovery.services.unlocking import UNLOCK_KIND
from apps.jobs.errors import JobNotFound
from apps.jobs.models import Job
from apps.jobs.selectors import get_job, get_position
from apps.profiles.selectors import find_profile
from apps.teams.access import TeamRequest, part_of, team_page
from apps.teams.roles import Permission

from .analysing import find_running_analysis
from .doors import get_unlocked_or_404
from .insights_part import describe_insights, note_charts
from .posts_part import read_page
from .preview_part import list_steps, preview_cards


@require_GET
@team_page(Permission.CONTENT_VIEW)
@part_of("discovery:posts", "username", with_query=True)
def posts_more(request: TeamRequest, username: str) -> HttpResponse:
    """The next posts alone, for scripts."""
    profile = get_unlocked_or_404(request, username)
    context = {"report": profile, "posts": read_page(request, profile)}
    return render(request, "discovery/report/posts_page.html", context)


@require_GET
@team_page(Permission.CONTENT_VIEW)
@part_of("discovery:creator", "username")
def insights(request: TeamRequest, username: str) -> HttpResponse:
    """The AI panels as far as captions are read; they ask again until all are."""
    return _show_insights(request, username, "discovery/report/insights.html")


@require_GET
@team_page(Permission.CONTENT_VIEW)
@part_of("discovery:creator", "username")
def analysis(request: TeamRequest, username: str) -> HttpResponse:
    """How far the captions are read, for the tabs that do not show them; it asks again until all are."""
    return _show_insights(request, username, "discovery/report/analysis.html")


def _show_insights(request: TeamRequest, username: str, template: str) -> HttpResponse:
    profile = get_unlocked_or_404(request, username)
    content = get_report(profile)["content"]
    insights = describe_insights(content, job=find_running_analysis(profile, content))
    note = note_charts(profile.username, read_at=profile.refreshed_at, synthetic=profile.synthetic)
    context = {"report": profile, "insights": insights, "chart_note": note, "asked_again": True}
    return render(request, template, context)


@require_GET
@team_page(Permission.CREATORS_SEARCH)
@part_of("discovery:creator", "username")
def progress(request: TeamRequest, username: str, job_id: UUID) -> HttpResponse:
    """How far a job is; when it is done the whole page is read again, when it failed this part says why."""
    try:
        job = get_job(team=request.team, job_id=job_id)
    except JobNotFound as error:
        raise Http404 from error
    if job.state == Job.State.SUCCEEDED and (job.result or {}).get("outcome") != "limited":
        return HttpResponseClientRedirect(reverse("discovery:creator", args=[request.team.slug, username]))
    context = {
        "job": job,
        "username": username,
        "position": get_position(job),
        "steps": list_steps(job),
        "so_far": _list_so_far(job, username),
    }
    return render(request, "discovery/creator/progress.html", context)


def _list_so_far(job: Job, username: str) -> list[dict[str, Any]]:
    """The free numbers again while an unlock works: reading the posts may have changed them."""
    if job.kind != UNLOCK_KIND or not job.is_active:
        return []
    profile = find_profile(username)
    return preview_cards(profile) if profile else []
