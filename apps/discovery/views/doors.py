"""Parts of a report's page are there for those who have the report; for all others there is no such page."""

from django.http import Http404

from apps.core.errors import DomainError
from apps.discovery.selectors import get_unlocked_profile
from apps.profiles.models import Profile
from apps.teams.access import TeamRequest


def get_unlocked_or_404(request: TeamRequest, username: str) -> Profile:
    """The creator if this team has its report; else 404, as if there were none."""
    try:
        return get_unlocked_profile(username, member=request.user)
    except DomainError as error:
        raise Http404 from error
