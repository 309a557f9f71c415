"""The brand-safety flags of a creator as a file."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.discovery.selectors.insight import get_safety
from apps.discovery.selectors.safety import export_safety, name_safety_file, narrow_safety
from apps.teams.access import TeamRequest, team_page
from apps.teams.roles import Permission

from .doors import get_unlocked_or_404


@require_GET
@team_page(Permission.CONTENT_VIEW)
def safety_file(request: TeamRequest, username: str) -> HttpResponse:
    """All flags that the filter of the page finds; a filter that is unknown asks nothing."""
    profile = get_unlocked_or_404(request, username)
    part = narrow_safety(get_safety(profile), flag=request.GET.get("flag", ""))
    return HttpResponse(export_safety(part), content_type="text/csv; charset=utf-8", headers=name_safety_file(part))
