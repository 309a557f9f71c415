"""Another plan or interval, cancelling and going on after all."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from apps.billing.models import Subscription
from apps.billing.selectors import list_seat_choices
from apps.billing.services import cancel_subscription, change_subscription, preview_change, resume_subscription
from apps.core.errors import DomainError
from apps.core.numbers import read_number
from apps.teams.access import Permission, TeamRequest, part_of, team_page

from .buying import read_code, read_interval

_MOST_DIGITS = 12


@require_GET
@team_page(Permission.BILLING_MANAGE)
@part_of("billing:overview", with_query=True)
def change_dialog(request: TeamRequest) -> HttpResponse:
    """What another plan would mean, to be agreed to: the amount due now, or the day from which it counts."""
    plan, interval = read_code(request.GET.get("plan")), read_interval(request.GET.get("interval"))
    context: dict[str, Any] = {"plan": plan, "interval": interval}
    try:
        context["preview"] = preview_change(team=request.team, plan=plan, interval=interval)
        context["members"] = list_seat_choices(request.team)
    except DomainError as error:
        context["error"] = error
    return render(request, "billing/change.html", context)


@require_POST
@team_page(Permission.BILLING_MANAGE)
def change(request: TeamRequest) -> HttpResponse:
    """Make the change that the dialog showed, at the amount it showed."""
    given = request.POST
    keep = [number for text in given.getlist("keep") if (number := read_number(text, digits=_MOST_DIGITS))]

    def act() -> Subscription:
        return change_subscription(
            team=request.team,
            plan=read_code(given.get("plan")),
            interval=read_interval(given.get("interval")),
            keep=keep,
            proration_at=_read_moment(given.get("proration_at", "")),
        )

    return _answer(request, act)


@require_POST
@team_page(Permission.BILLING_MANAGE)
def cancel(request: TeamRequest) -> HttpResponse:
    return _answer(request, lambda: cancel_subscription(team=request.team))


@require_POST
@team_page(Permission.BILLING_MANAGE)
def resume(request: TeamRequest) -> HttpResponse:
    return _answer(request, lambda: resume_subscription(team=request.team))


def _answer(request: TeamRequest, act: Callable[[], Subscription]) -> HttpResponse:
    try:
        messages.success(request, _describe(act()))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("billing:overview", request.team.slug)


def _describe(subscription: Subscription) -> str:
    if subscription.cancel_at_period_end:
        return f"Your plan ends on {subscription.current_period_end:%-d %b %Y}. Until then everything stays."
    if subscription.scheduled_plan_version:
        plan = subscription.scheduled_plan_version.plan.name
        return f"From {subscription.current_period_end:%-d %b %Y} on your team is on {plan}."
    return f"Your team is on {subscription.plan_version.plan.name}, {subscription.get_interval_display().lower()}."


def _read_moment(text: str) -> Any:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
