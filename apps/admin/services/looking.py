"""Looking into a team, written down."""

import structlog
from django.contrib.admin.models import CHANGE, LogEntry

from apps.accounts.models import User
from apps.teams.models import Team

logger = structlog.get_logger(__name__)


def record_team_access(*, staff: User, team: Team, what: str) -> None:
    """Note in the admin's history of the team, and in the logs, that somebody of the staff read its content."""
    LogEntry.objects.log_actions(staff.pk, [team], CHANGE, change_message=f"Read {what}.", single_object=True)
    logger.info("team_content_read", staff_id=staff.pk, team=team.slug, what=what)
