"""Whom the invoices go to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.billing.forms import DetailsForm
from apps.billing.selectors import get_billing_details
from apps.billing.services import update_billing_details
from apps.core.errors import DomainError
from apps.teams.access import Permission, TeamRequest, team_page


@require_http_methods(["GET", "POST"])
@team_page(Permission.BILLING_MANAGE)
def details(request: TeamRequest) -> HttpResponse:
    """Edit name, address and tax number of the invoices to come."""
    account = get_billing_details(request.team)
    form = DetailsForm(account, request.POST if request.method == "POST" else None)
    if form.is_valid() and _save(request, form):
        return redirect("billing:overview", request.team.slug)
    return render(request, "billing/details.html", {"nav": "billing", "form": form})


def _save(request: TeamRequest, form: DetailsForm) -> bool:
    try:
        if form.changes:
            update_billing_details(team=request.team, changes=form.changes)
    except DomainError as error:
        form.show(error)
        return False
    messages.success(request, "Saved. It stands on your next invoice.")
    return True
