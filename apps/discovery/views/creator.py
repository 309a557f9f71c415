"""One creator: whatever is known of it now decides which page it is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.core.errors import DomainError
from apps.credits.selectors import describe_consent
from apps.discovery.selectors.doors import ACTION
from apps.discovery.selectors.purchases import describe_contacts
from apps.discovery.services.looking_up import LookupAnswer, look_up_profile
from apps.discovery.services.unlocking import UNLOCK_KIND
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.profiles.models import Profile
from apps.profiles.selectors import normalise_username
from apps.teams.access import TeamRequest, team_page
from apps.teams.roles import Permission

from .preview_part import list_steps, preview_cards
from .report_tabs import show_tab
from .tabs import OVERVIEW

# A page waits this long for a creator never seen before; what takes longer is shown as progress.
WAIT_SECONDS = 0.8


@require_GET
@team_page(Permission.CREATORS_SEARCH)
def creator(request: TeamRequest, username: str) -> HttpResponse:
    """The report, the locked preview, the work under way, or a clear word why there is none."""
    try:
        handle = normalise_username(username)
        if handle != username:
            return redirect("discovery:creator", request.team.slug, handle)
        answer = look_up_profile(team=request.team, member=request.user, username=handle, wait_seconds=WAIT_SECONDS)
    except DomainError as error:
        return show_refusal(request, username, error)
    if answer.username != handle:
        return redirect("discovery:creator", request.team.slug, answer.username)
    return _PAGES[answer.state](request, answer)


def show_refusal(request: TeamRequest, username: str, error: DomainError) -> HttpResponse:
    """Unknown handle, malformed handle, silent source or used budget: each in its own words, with its own status."""
    context = {"nav": "creators", "username": username, "error": error, "hours": (error.retry_after or 0) // 3600}
    response = render(request, "discovery/creator/refused.html", context, status=error.status)
    if error.retry_after:
        response["Retry-After"] = str(error.retry_after)
    return response


def show_report(request: TeamRequest, answer: LookupAnswer) -> HttpResponse:
    return show_tab(request, _profile(answer), OVERVIEW)


def show_locked(request: TeamRequest, answer: LookupAnswer) -> HttpResponse:
    """The free preview with its price, or the unlock that is under way."""
    job = find_active_job(kind=UNLOCK_KIND, team=request.team, dedup_key=answer.username)
    page = "running" if job else "locked"
    context = {
        "c": answer.preview,
        "consent": describe_consent(action=ACTION, membership=request.membership),
        "job": job,
        "steps": list_steps(job) if job else [],
        "cards": preview_cards(_profile(answer)),
        "contacts": describe_contacts(_profile(answer)),
    }
    return render(request, f"discovery/creator/{page}.html", _frame(answer.username) | context)


def show_private(request: TeamRequest, answer: LookupAnswer) -> HttpResponse:
    context = {"c": answer.preview, "cards": preview_cards(_profile(answer))}
    return render(request, "discovery/creator/private.html", _frame(answer.username) | context)


def show_pending(request: TeamRequest, answer: LookupAnswer) -> HttpResponse:
    job: Job | None = answer.job
    return render(request, "discovery/creator/pending.html", _frame(answer.username) | {"job": job})


def _profile(answer: LookupAnswer) -> Profile:
    if answer.profile is None:
        raise LookupError(answer.username)
    return answer.profile


def _frame(username: str) -> dict[str, Any]:
    return {"nav": "creators", "username": username}


_PAGES = {"unlocked": show_report, "locked": show_locked, "private": show_private, "pending": show_pending}
