"""What the staff decides about a team."""

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.admin.errors import TeamStateInvalid
from apps.teams import services
from apps.teams.models import Team

from .trail import clean_reason, lock_team, record_on_team

State = Team.State


@transaction.atomic
def set_team_state(*, staff: User, team_id: int, suspended: bool, reason: str) -> Team:
    """Close a team to its members, or open it again; they meet it at their next request. Repeatable.

    Raises `ReasonRequired`, `TeamUnknown`, and `TeamStateInvalid` for an archived team.
    """
    reason = clean_reason(reason)
    team = lock_team(team_id)
    if team.state == State.ARCHIVED:
        raise TeamStateInvalid
    state = State.SUSPENDED if suspended else State.ACTIVE
    if team.state == state:
        return team
    changed = services.set_state(team=team, state=state)
    action = "team.suspend" if suspended else "team.unsuspend"
    record_on_team(
        staff=staff, team=team, action=action, reason=reason, before={"state": team.state}, after={"state": state.value}
    )
    return changed


@transaction.atomic
def set_proposals(*, staff: User, team_id: int, unlocked: bool, reason: str) -> Team:
    """Open proposals for a team, or close them; what it has stays. Repeatable."""
    reason = clean_reason(reason)
    team = lock_team(team_id)
    if bool(team.proposals_unlocked_at) == unlocked:
        return team
    changed = services.set_proposals(team=team, unlocked_at=timezone.now() if unlocked else None)
    record_on_team(
        staff=staff,
        team=team,
        action="proposals.grant" if unlocked else "proposals.revoke",
        reason=reason,
        before={"unlocked": not unlocked},
        after={"unlocked": unlocked},
    )
    return changed
