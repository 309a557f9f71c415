"""Pages of two paid acts: a creator's contact addresses, and the analytics of any public post."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from apps.core.errors import DomainError
from apps.credits.access import read_max_credits
from apps.credits.selectors import describe_consent, describe_refusal
from apps.discovery.selectors.doors import EMAIL_ACTION, POST_ACTION, get_post_unlock
from apps.discovery.selectors.purchases import list_bought_posts
from apps.discovery.services.analytics import ANALYTICS_KIND, buy_post_analytics
from apps.discovery.services.contacting import unlock_contacts
from apps.jobs.errors import JobNotFound
from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job, get_job, get_position
from apps.profiles.selectors import find_post, normalise_username, read_shortcode
from apps.teams.access import TeamRequest, part_of, team_page
from apps.teams.roles import Permission

from .post_page import describe_analytics
from .preview_part import list_steps

WAIT_SECONDS = 0.5


@require_GET
@team_page(Permission.CREATORS_SEARCH)
@part_of("discovery:creator", "username")
def contacts_price(request: TeamRequest, username: str) -> HttpResponse:
    """What the addresses of a creator would take, and from where."""
    return _show_price(request, _contacts_words(request, username), EMAIL_ACTION)


@require_POST
@team_page(Permission.CREDITS_SPEND)
def contacts_unlock(request: TeamRequest, username: str) -> HttpResponse:
    """Buy them for at most the price that was shown. A second click finds them bought."""
    words = _contacts_words(request, username)
    try:
        answer = unlock_contacts(
            team=request.team, member=request.user, username=username, max_credits=read_max_credits(request)
        )
    except DomainError as error:
        return _refuse(request, words, error, EMAIL_ACTION)
    if answer.state == "limited":
        return render(request, "discovery/purchase/limited.html", {"buy": words, "reasons": answer.reasons})
    if answer.state == "unlocked":
        messages.success(request, f"The contact addresses of @{username} are your team's now.")
    # Without "#contacts": to a part of the same page a browser only scrolls, and the dialog would stay.
    return HttpResponseClientRedirect(reverse("discovery:creator", args=[request.team.slug, username]))


def _contacts_words(request: TeamRequest, username: str) -> dict[str, str]:
    try:
        handle = normalise_username(username)
    except DomainError as error:
        raise Http404 from error
    places = [request.team.slug, handle]
    return {
        "title": f"Contact @{handle}",
        "sub": "The addresses that the creator publishes, for the whole team, for good.",
        "note": "Also addresses that are found later. Charged only where at least one is known.",
        "hollow": "No address is known",
        "verb": "Show them",
        "icon": "mail",
        "action": reverse("discovery:contacts-unlock", args=places),
        "quote": reverse("discovery:contacts-quote", args=places),
    }


@require_http_methods(["GET", "POST"])
@team_page(Permission.CONTENT_VIEW)
def posts_bought(request: TeamRequest) -> HttpResponse:
    """The posts whose analytics the team has, and a field for the address of another one."""
    address = request.POST.get("address", "").strip() if request.method == "POST" else ""
    if shortcode := read_shortcode(address):
        return redirect("discovery:post", request.team.slug, shortcode)
    context = {"nav": "posts", "rows": list_bought_posts(), "address": address, "refused": request.method == "POST"}
    status = 400 if context["refused"] else 200
    return render(request, "discovery/post/list.html", context, status=status)


@require_GET
@team_page(Permission.CONTENT_VIEW)
def post(request: TeamRequest, shortcode: str) -> HttpResponse:
    """The analytics of a post, or what is known of it with the price, or the work under way."""
    if read_shortcode(shortcode) != shortcode:
        raise Http404
    try:
        found, unlock = get_post_unlock(shortcode, member=request.user)
    except DomainError:
        return _show_locked_post(request, shortcode)
    context = {"nav": "posts", "shortcode": shortcode, "unlock": unlock, **describe_analytics(found)}
    return render(request, "discovery/post/analytics.html", context)


def _show_locked_post(request: TeamRequest, shortcode: str) -> HttpResponse:
    job = find_active_job(kind=ANALYTICS_KIND, team=request.team, dedup_key=shortcode)
    known = find_post(shortcode)
    context: dict[str, Any] = {
        "nav": "posts",
        "shortcode": shortcode,
        "known": known,
        "job": job,
        "steps": list_steps(job) if job else [],
        "consent": describe_consent(action=POST_ACTION, membership=request.membership),
    }
    return render(request, "discovery/post/locked.html", context)


@require_GET
@team_page(Permission.CONTENT_VIEW)
@part_of("discovery:post", "shortcode")
def post_price(request: TeamRequest, shortcode: str) -> HttpResponse:
    """What a post's analytics would take, and from where."""
    return _show_price(request, _post_words(request, shortcode), POST_ACTION)


@require_POST
@team_page(Permission.CREDITS_SPEND)
def post_buy(request: TeamRequest, shortcode: str) -> HttpResponse:
    """Buy them for at most the price that was shown. A second click joins the first."""
    words = _post_words(request, shortcode)
    try:
        answer = buy_post_analytics(
            team=request.team,
            member=request.user,
            address=shortcode,
            max_credits=read_max_credits(request),
            wait_seconds=WAIT_SECONDS,
        )
    except DomainError as error:
        return _refuse(request, words, error, POST_ACTION)
    if answer.state == "limited":
        return render(request, "discovery/purchase/limited.html", {"buy": words, "reasons": answer.reasons})
    if answer.state == "unlocked":
        messages.success(request, "The analytics of this post are your team's now.")
    return HttpResponseClientRedirect(reverse("discovery:post", args=[request.team.slug, answer.shortcode]))


@require_GET
@team_page(Permission.CONTENT_VIEW)
@part_of("discovery:post", "shortcode")
def post_progress(request: TeamRequest, shortcode: str, job_id: UUID) -> HttpResponse:
    """How far the reading of a post is; when it is done the whole page is read again."""
    try:
        job = get_job(team=request.team, job_id=job_id)
    except JobNotFound as error:
        raise Http404 from error
    if job.state == Job.State.SUCCEEDED and (job.result or {}).get("outcome") != "limited":
        return HttpResponseClientRedirect(reverse("discovery:post", args=[request.team.slug, shortcode]))
    context = {"job": job, "shortcode": shortcode, "position": get_position(job), "steps": list_steps(job)}
    return render(request, "discovery/post/progress.html", context)


def _post_words(request: TeamRequest, shortcode: str) -> dict[str, str]:
    places = [request.team.slug, shortcode]
    return {
        "title": "Analyse this post",
        "sub": "Its comments, their mood, and how it compares with the creator's other posts. For the team, for good.",
        "note": "Charged only when its counts can be seen and its comments were read.",
        "hollow": "Too little to analyse",
        "verb": "Analyse",
        "icon": "chart-column",
        "action": reverse("discovery:post-buy", args=places),
        "quote": reverse("discovery:post-quote", args=places),
    }


def _show_price(request: TeamRequest, words: dict[str, str], action: str) -> HttpResponse:
    consent = describe_consent(action=action, membership=request.membership)
    return render(request, "discovery/purchase/quote.html", {"buy": words, "consent": consent})


def _refuse(request: TeamRequest, words: dict[str, str], error: DomainError, action: str) -> HttpResponse:
    refusal = describe_refusal(error, action=action, membership=request.membership)
    context = {"buy": words, "error": error, "refusal": refusal}
    return render(request, "discovery/purchase/refused.html", context, status=error.status)
