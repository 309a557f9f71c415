"""Support: a team's matters with the operator, and a form for a new one."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.errors import DomainError
from apps.portal.forms import AskSupportForm, WriteAgainForm
from apps.portal.services import support as service
from apps.system.errors import SupportRequestNotFound
from apps.teams.access import Permission, TeamRequest, team_page

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@team_page(Permission.TEAM_VIEW)
def support(request: TeamRequest) -> HttpResponse:
    """The list, and the form; a form that was right leads to the new request."""
    form = AskSupportForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: service.ask_support(request.membership, **form.cleaned_data)):
        messages.success(request, "Your request is with us. We answer by mail and here.")
        return redirect("portal:support", request.team.slug)
    page = Paginator(service.list_requests(request.membership), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"nav": "support", "form": form, "page": page, "priority": request.team.plan_version.support}
    return render(request, "portal/support.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@team_page(Permission.TEAM_VIEW)
def support_request(request: TeamRequest, request_id: int) -> HttpResponse:
    """One conversation, with room for one more message."""
    asked = _find(request, request_id)
    form = WriteAgainForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: service.write_again(request.membership, asked.pk, **form.cleaned_data)):
        return redirect("portal:support_request", request.team.slug, asked.pk)
    context = {"nav": "support", "form": form, "asked": asked}
    return render(request, "portal/support_request.html", context, status=400 if form.errors else 200)


@require_POST
@team_page(Permission.TEAM_VIEW)
def close_support_request(request: TeamRequest, request_id: int) -> HttpResponse:
    _find(request, request_id)
    service.settle_request(request.membership, request_id)
    messages.success(request, "Closed. Write to it and it opens again.")
    return redirect("portal:support", request.team.slug)


def _find(request: TeamRequest, request_id: int) -> service.SupportRequest:
    try:
        return service.get_request(request.membership, request_id)
    except SupportRequestNotFound as error:
        raise Http404 from error


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Whether the service did it; its refusal is shown on the form."""
    try:
        act()
    except DomainError as refusal:
        form.add_error(None, refusal.message)
    return not form.errors
