"""A report as a PDF, from its page."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.discovery.selectors.pdf import get_report_pdf, name_report_file
from apps.discovery.services.trails import record_access
from apps.teams.access import TeamRequest, team_page
from apps.teams.roles import Permission

from .doors import get_unlocked_or_404


@require_GET
@team_page(Permission.CONTENT_VIEW)
def report_file(request: TeamRequest, username: str) -> HttpResponse:
    profile = get_unlocked_or_404(request, username)
    record_access(member=request.user, profile_id=profile.pk)
    return HttpResponse(get_report_pdf(profile), content_type="application/pdf", headers=name_report_file(profile))
