"""The price, the consent and the refresh."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from apps.core.errors import DomainError
from apps.credits.access import read_max_credits
from apps.credits.selectors import describe_consent, describe_refusal
from apps.discovery.selectors.doors import ACTION
from apps.discovery.services.refreshing import refresh_report
from apps.discovery.services.unlocking import UnlockAnswer, unlock_profile
from apps.profiles.selectors import normalise_username
from apps.teams.access import TeamRequest, part_of, team_page
from apps.teams.roles import Permission

# A ready report is unlocked within a click; what takes longer is shown as progress.
WAIT_SECONDS = 0.5


@require_GET
@team_page(Permission.CREATORS_SEARCH)
@part_of("discovery:creator", "username")
def price(request: TeamRequest, username: str) -> HttpResponse:
    """The quote dialog: what an unlock would take, and from where."""
    try:
        handle = normalise_username(username)
    except DomainError as error:
        return _refuse(request, username, error)
    consent = describe_consent(action=ACTION, membership=request.membership)
    return render(request, "discovery/creator/quote.html", {"username": handle, "consent": consent})


@require_POST
@team_page(Permission.CREDITS_SPEND)
def unlock(request: TeamRequest, username: str) -> HttpResponse:
    """Unlock for at most the price that was shown. A second click joins the first: a creator is paid once."""
    try:
        answer = unlock_profile(
            team=request.team,
            member=request.user,
            username=username,
            max_credits=read_max_credits(request),
            wait_seconds=WAIT_SECONDS,
        )
    except DomainError as error:
        return _refuse(request, username, error)
    if answer.state == "limited":
        return render(request, "discovery/creator/limited.html", {"username": username, "reasons": answer.reasons})
    _announce(request, answer)
    return HttpResponseClientRedirect(reverse("discovery:creator", args=[request.team.slug, answer.username]))


@require_POST
@team_page(Permission.CONTENT_VIEW)
def refresh(request: TeamRequest, username: str) -> HttpResponse:
    """Have the creator read again; what the page says then is the message of the answer."""
    try:
        answer = refresh_report(team=request.team, member=request.user, username=username, wait_seconds=WAIT_SECONDS)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        words = {
            "unchanged": "This report is less than a day old, so nothing was read again. It cost nothing.",
            "refreshed": "The creator was read again. It cost nothing.",
        }
        if answer.state in words:
            messages.success(request, words[answer.state])
    return redirect("discovery:creator", request.team.slug, username)


def _announce(request: TeamRequest, answer: UnlockAnswer) -> None:
    if answer.state == "already":
        messages.info(request, f"@{answer.username} was unlocked before. Nothing was charged.")
    elif answer.state == "unlocked":
        charged = answer.charge["credits"]
        paid = f"{charged} credits were charged" if charged else "One analysis of your allowance was used"
        messages.success(request, f"@{answer.username} is unlocked for your team. {paid}.")


def _refuse(request: TeamRequest, username: str, error: DomainError) -> HttpResponse:
    refusal = describe_refusal(error, action=ACTION, membership=request.membership)
    context: dict[str, Any] = {"username": username, "error": error, "refusal": refusal}
    return render(request, "discovery/creator/quote_refused.html", context, status=error.status)
