"""The command palette: pages and creators in one list, filtered while one types."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.discovery.selectors import suggest_typed
from apps.teams.access import Permission, TeamRequest, can, part_of, team_page


@require_GET
@team_page()
@part_of("portal:dashboard")
def palette(request: TeamRequest) -> HttpResponse:
    found = suggest_typed(request.GET.get("q", ""))
    commands = [one for one in list_commands(request) if found["typed"].lower() in one["label"].lower()]
    return render(request, "portal/palette.html", found | {"commands": commands})


def list_commands(request: TeamRequest) -> list[dict[str, Any]]:
    slug = request.team.slug
    commands = [
        {"label": "Home", "icon": "house", "href": reverse("portal:dashboard", args=[slug])},
        {"label": "Creators", "icon": "users-round", "href": reverse("discovery:creators", args=[slug])},
        {"label": "Credits", "icon": "coins", "href": reverse("credits:wallet", args=[slug])},
        {"label": "Team", "icon": "users", "href": reverse("credits:members", args=[slug])},
        {"label": "Plans", "icon": "layers", "href": reverse("portal:plans", args=[slug])},
        {"label": "Support", "icon": "life-buoy", "href": reverse("portal:support", args=[slug])},
        {"label": "Methodology", "icon": "book-open", "href": reverse("portal:methodology")},
        {"label": "Switch theme", "icon": "sun-moon", "action": "theme"},
    ]
    if can(request.membership, Permission.BILLING_MANAGE):
        commands += [
            {"label": "Billing", "icon": "credit-card", "href": reverse("billing:overview", args=[slug])},
            {"label": "Top up", "icon": "plus", "href": reverse("billing:topups", args=[slug])},
        ]
    if request.user.is_staff:
        commands.append({"label": "Admin", "icon": "shield", "href": reverse("admin:index")})
    return commands
