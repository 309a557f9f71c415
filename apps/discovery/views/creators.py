"""The look-up page and its type-ahead."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.discovery.selectors import list_recent_lookups, list_unlocked, suggest_typed
from apps.discovery.selectors.rows import describe_unlocks
from apps.profiles.errors import InvalidUsername
from apps.profiles.selectors import get_avatar_url, normalise_username
from apps.teams.access import TeamRequest, part_of, team_page
from apps.teams.roles import Permission

PAGE = 20
RECENT = 8


@require_GET
@team_page(Permission.CREATORS_SEARCH)
def creators(request: TeamRequest) -> HttpResponse:
    """What the team has; `?q=@handle` leads on to that creator."""
    typed = request.GET.get("q", "").strip()
    error = ""
    if typed:
        try:
            return redirect("discovery:creator", request.team.slug, normalise_username(typed))
        except InvalidUsername as refusal:
            error = refusal.message
    page = Paginator(list_unlocked(), PAGE).get_page(request.GET.get("page"))
    context = {"nav": "creators", "typed": typed, "error": error, "unlocks": page, "rows": describe_unlocks(page)}
    return render(
        request, "discovery/creators.html", context | {"lookups": _recent(request)}, status=400 if error else 200
    )


@require_GET
@team_page(Permission.CREATORS_SEARCH)
@part_of("discovery:creators")
def suggestions(request: TeamRequest) -> HttpResponse:
    """The options under the look-up field: known creators, then the handle as typed."""
    return render(request, "discovery/lookup/options.html", suggest_typed(request.GET.get("q", "")))


def _recent(request: TeamRequest) -> list[dict[str, Any]]:
    return [
        {
            "username": lookup.username,
            "avatar_url": get_avatar_url(lookup.profile) if lookup.profile else "",
            "outcome": lookup.outcome,
            "label": lookup.get_outcome_display(),
            "at": lookup.looked_up_at,
        }
        for lookup in list_recent_lookups(member=request.user)[:RECENT]
    ]
