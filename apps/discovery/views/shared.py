"""A report by its link: for whoever has it, without an account, and not for search engines."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.core.api.throttling import CredentialThrottle
from apps.discovery.selectors.sharing import get_shared_report
from apps.teams.errors import ShareLinkNotFound
from apps.teams.models import ShareLink
from apps.teams.services import open_share_link

from .insights_part import describe_insights, note_charts
from .report_page import describe_report
from .summary_part import describe_summary

SHOWN_POSTS = 12


class SharedThrottle(CredentialThrottle):
    """Exact, by network address: tokens cannot be guessed, and nobody shall try."""

    scope = "shared"


@require_safe
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """The report as it is now. Unknown, expired and revoked links are the same 404."""
    throttle = SharedThrottle()
    if not throttle.allow_request(Request(request), APIView()):
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(int((throttle.wait() or 0) + 1))
        return _hide(response)
    try:
        report = get_shared_report(open_share_link(kind=ShareLink.Kind.REPORT, token=token))
    except ShareLinkNotFound as error:
        raise Http404 from error
    context = {
        "report": report,
        "page": describe_report(report),
        "summary": describe_summary(report),
        "insights": describe_insights(report["content"], job=None),
        "chart_note": note_charts(report["username"], read_at=report["refreshed_at"], synthetic=report["synthetic"]),
        "posts_total": len(report["posts"]),
        "posts": report["posts"][:SHOWN_POSTS],
    }
    return _hide(render(request, "discovery/shared.html", context))


def _hide(response: HttpResponse) -> HttpResponse:
    """From search engines, shared caches, and the sites that its links lead to."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
