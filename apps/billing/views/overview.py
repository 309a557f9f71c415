"""What the team has and pays, and what it could buy."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.billing.selectors import get_billing_page, get_topups_page
from apps.teams.access import Permission, TeamRequest, team_page


@require_GET
@team_page(Permission.BILLING_MANAGE)
def overview(request: TeamRequest) -> HttpResponse:
    chosen = {"plan": request.GET.get("plan", ""), "interval": request.GET.get("interval", "")}
    page = get_billing_page(request.team, page=request.GET.get("page"))
    context = {"nav": "billing", "page": page, "chosen": chosen}
    return render(request, "billing/overview.html", context)


@require_GET
@team_page(Permission.BILLING_MANAGE)
def topups(request: TeamRequest) -> HttpResponse:
    context = {"nav": "billing", "page": get_topups_page(request.team, page=request.GET.get("page"))}
    return render(request, "billing/topups.html", context)
