"""What every act of the staff does first and last."""

from typing import Any

from django.db import connection

from apps.accounts.models import User
from apps.admin.errors import ReasonRequired, TeamUnknown
from apps.core.typed import clean_line
from apps.system.services import REASON_MAX, Target, record_action
from apps.teams.models import Team

_STAFF_LOCK = "SELECT pg_advisory_xact_lock(hashtext('admin.staff'), %s)"


def clean_reason(reason: str) -> str:
    """One line of at most 300 characters; raises `ReasonRequired` for nothing and for more."""
    cleaned = clean_line(reason)
    if not 0 < len(cleaned) <= REASON_MAX:
        raise ReasonRequired(details={"reason": [f"Say why, in at most {REASON_MAX} characters."]})
    return cleaned


def lock_team(team_id: int) -> Team:
    """The team; acts of the staff on one team happen one after the other. Raises `TeamUnknown`.

    The lock is the staff's own and taken first: wallet, account and team are locked in another order elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAFF_LOCK, [team_id])
    team = Team.objects.select_related("plan_version__plan").filter(pk=team_id).first()
    if team is None:
        raise TeamUnknown
    return team


def record_on_team(
    *, staff: User, team: Team, action: str, reason: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    target = Target(type="team", id=str(team.pk), label=team.name, team_id=team.pk)
    record_action(actor=staff, action=action, target=target, reason=reason, before=before, after=after)
