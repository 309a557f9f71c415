"""To the payment provider's pages, and back from them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from apps.billing.models import Checkout, Interval, TopupOrder
from apps.billing.selectors import get_checkout_return, get_portal_return
from apps.billing.selectors.addresses import Return
from apps.billing.services import fulfil_session, open_portal, start_checkout, start_topup
from apps.core.errors import DomainError
from apps.core.typed import clean_line
from apps.teams.access import Permission, TeamRequest, team_page


@require_POST
@team_page(Permission.BILLING_MANAGE)
def buy_plan(request: TeamRequest) -> HttpResponse:
    plan, interval = read_code(request.POST.get("plan")), read_interval(request.POST.get("interval"))

    def start() -> str:
        return start_checkout(
            team=request.team, member=request.user, plan=plan, interval=interval, back=_get_return(request)
        ).url

    return _lead_away(request, start)


@require_POST
@team_page(Permission.BILLING_MANAGE)
def buy_topup(request: TeamRequest) -> HttpResponse:
    package = read_code(request.POST.get("package"))

    def start() -> str:
        return start_topup(team=request.team, member=request.user, package=package, back=_get_return(request)).url

    return _lead_away(request, start)


@require_POST
@team_page(Permission.BILLING_MANAGE)
def portal(request: TeamRequest) -> HttpResponse:
    """Cards, billing details and paid invoices, at the provider's."""
    back = get_portal_return(base_url=request.build_absolute_uri("/"), slug=request.team.slug)
    return _lead_away(request, lambda: open_portal(team=request.team, return_url=back))


@require_GET
@team_page(Permission.BILLING_MANAGE)
def done(request: TeamRequest) -> HttpResponse:
    """Back from paying: what was paid for is given now, also when the provider has not told us yet."""
    try:
        order = fulfil_session(read_code(request.GET.get("session_id")), team_id=request.team.pk)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("billing:overview", request.team.slug)
    level, text = describe_arrival(order)
    messages.add_message(request, level, text)
    return redirect("credits:wallet" if isinstance(order, TopupOrder) else "billing:overview", request.team.slug)


@require_GET
@team_page(Permission.BILLING_MANAGE)
def cancelled(request: TeamRequest) -> HttpResponse:
    messages.info(request, "Nothing was bought and nothing was charged.")
    return redirect("billing:overview", request.team.slug)


def read_code(given: str | None) -> str:
    """A code as a form or an address carries it, without what no database takes."""
    return clean_line(given or "")[:255]


def read_interval(given: str | None) -> str:
    """What is no interval is a month."""
    return given if given in Interval.values else Interval.MONTH


def describe_arrival(order: Checkout | TopupOrder) -> tuple[int, str]:
    """The level of the message and its text, for an order just looked at."""
    if order.state == TopupOrder.State.OPEN:
        return messages.INFO, "The payment is on its way. What you bought appears here as soon as it arrives."
    return _describe_topup(order) if isinstance(order, TopupOrder) else _describe_checkout(order)


def _describe_topup(order: TopupOrder) -> tuple[int, str]:
    if order.granted_at is None:
        return messages.ERROR, "The payment did not come, so nothing was added."
    if order.state != TopupOrder.State.PAID:
        return messages.INFO, f"This top-up is {order.get_state_display().lower()}."
    return messages.SUCCESS, f"Paid. {order.package.label} were added."


def _describe_checkout(order: Checkout) -> tuple[int, str]:
    if order.state == Checkout.State.RETURNED:
        return messages.ERROR, "Your team had a plan already, so this second payment was given back in full."
    if order.state == Checkout.State.COMPLETED:
        return messages.SUCCESS, f"Paid. Your team is on {order.account.team.plan_version.plan.name} now."
    return messages.ERROR, "The payment page was closed before anything was paid."


def _lead_away(request: TeamRequest, start: Callable[[], str]) -> HttpResponse:
    try:
        return HttpResponseRedirect(start())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("billing:overview", request.team.slug)


def _get_return(request: TeamRequest) -> Return:
    return get_checkout_return(base_url=request.build_absolute_uri("/"), slug=request.team.slug)
