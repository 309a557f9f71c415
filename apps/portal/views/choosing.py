"""From a plan on a public page to where it is paid."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.plans.models import Plan
from apps.portal.selectors import get_pricing
from apps.portal.selectors.memberships import list_open_teams
from apps.teams.access import Permission, can, signed_in

ANCHOR = "plans-t"


@require_GET
def pricing(request: HttpRequest) -> HttpResponse:
    """The plans, for everybody."""
    return render(request, "portal/pricing.html", {"nav": "pricing", "pricing": get_pricing()})


@require_GET
def choose(request: HttpRequest, plan: str) -> HttpResponse:
    """A visitor signs up and comes back here; who is signed in goes to the billing page with the plan marked, or to his
    team's plans where somebody else pays."""
    if plan not in Plan.Code.values:
        return redirect("portal:pricing")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.get_full_path()})}")
    places = list(list_open_teams(signed_in(request)))
    paying = next((place for place in places if can(place, Permission.BILLING_MANAGE)), None)
    if paying is not None and plan != Plan.Code.FREE:
        chosen = urlencode({"plan": plan, "interval": "month" if request.GET.get("interval") == "month" else "year"})
        return redirect(f"{reverse('billing:overview', args=[paying.team.slug])}?{chosen}#{ANCHOR}")
    if places:
        return redirect("portal:plans", (paying or places[0]).team.slug)
    return redirect("portal:home")
