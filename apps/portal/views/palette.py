"""The command palette: pages and creators in one list, filtered while one types."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.discovery.selectors import suggest_creators
from apps.profiles.errors import InvalidUsername
from apps.profiles.selectors import normalise_username
from apps.teams.access import TeamRequest, team_page


@require_GET
@team_page()
def palette(request: TeamRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:200]
    known = suggest_creators(typed) if typed else []
    handle = read_handle(typed)
    if any(creator["username"] == handle for creator in known):
        handle = ""
    commands = [one for one in list_commands(request) if typed.lower() in one["label"].lower()]
    context = {"typed": typed, "known": known, "handle": handle, "commands": commands}
    return render(request, "portal/palette.html", context)


def list_commands(request: TeamRequest) -> list[dict[str, Any]]:
    slug = request.team.slug
    commands = [
        {"label": "Home", "icon": "house", "href": reverse("portal:dashboard", args=[slug])},
        {"label": "Creators", "icon": "users-round", "href": reverse("discovery:creators", args=[slug])},
        {"label": "Wallet", "icon": "coins", "href": reverse("credits:wallet", args=[slug])},
        {"label": "Plans", "icon": "layers", "href": reverse("portal:plans", args=[slug])},
        {"label": "Methodology", "icon": "book-open", "href": reverse("portal:methodology")},
        {"label": "Switch theme", "icon": "sun-moon", "action": "theme"},
    ]
    if request.user.is_staff:
        commands.append({"label": "Admin", "icon": "shield", "href": reverse("admin:index")})
    return commands


def read_handle(typed: str) -> str:
    try:
        return normalise_username(typed) if typed else ""
    except InvalidUsername:
        return ""
