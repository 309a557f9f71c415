"""The page of a report's links: making one, and ending one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.errors import DomainError
from apps.discovery.selectors.sharing import show_link
from apps.profiles.models import Profile
from apps.profiles.selectors import get_preview
from apps.teams.access import TeamRequest, team_page
from apps.teams.errors import ShareLinkNotFound, TooManyShareLinks
from apps.teams.models import ShareLink
from apps.teams.roles import Permission
from apps.teams.selectors import list_share_links
from apps.teams.services import make_share_link, revoke_share_link

from .doors import get_unlocked_or_404

KIND = ShareLink.Kind.REPORT
DAYS = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "1 year"}


@require_http_methods(["GET", "POST"])
@team_page(Permission.EXPORT)
def share(request: TeamRequest, username: str) -> HttpResponse:
    """The links that there are; a new one's address stands on the answer to its form and nowhere else."""
    profile = get_unlocked_or_404(request, username)
    if request.method == "GET":
        return _show(request, profile)
    days = request.POST.get("days", "")
    try:
        _link, token = make_share_link(
            team=request.team,
            maker=request.user,
            kind=KIND,
            subject_id=profile.pk,
            days=int(days if days in DAYS else "30"),
        )
    except TooManyShareLinks as error:
        return _show(request, profile, error=error)
    return _show(request, profile, address=request.build_absolute_uri(reverse("shared-report", args=[token])))


@require_POST
@team_page(Permission.EXPORT)
def revoke(request: TeamRequest, username: str, link_id: UUID) -> HttpResponse:
    """End a link at once."""
    profile = get_unlocked_or_404(request, username)
    try:
        revoke_share_link(team=request.team, kind=KIND, subject_id=profile.pk, link_id=link_id)
    except ShareLinkNotFound as error:
        raise Http404 from error
    return redirect("discovery:share", request.team.slug, username)


def _show(
    request: TeamRequest, profile: Profile, *, address: str = "", error: DomainError | None = None
) -> HttpResponse:
    links = list_share_links(team=request.team, kind=KIND, subject_id=profile.pk)
    context = {
        "nav": "creators", "username": profile.username, "c": get_preview(profile), "address": address, "error": error,
        "links": [show_link(link) for link in links], "days": DAYS.items(),
    }  # fmt: skip
    response = render(request, "discovery/share.html", context, status=error.status if error else 200)
    response["Cache-Control"] = "private, no-store"
    return response
