"""A member's matters with the operator's support. A member sees his own; who sees the team's activity sees all."""

from django.db.models import QuerySet

from apps.system import services
from apps.system.models import SupportRequest
from apps.system.selectors import get_support_request, list_support_requests
from apps.teams.access import Permission, can
from apps.teams.models import Membership


def list_requests(membership: Membership) -> QuerySet[SupportRequest]:
    """What this member may see, newest first."""
    return list_support_requests(team_id=membership.team_id, member_id=_only(membership))


def get_request(membership: Membership, request_id: int) -> SupportRequest:
    """One of them; raises `SupportRequestNotFound` for all others."""
    return get_support_request(request_id=request_id, team_id=membership.team_id, member_id=_only(membership))


def ask_support(membership: Membership, *, subject: str, category: str, text: str) -> SupportRequest:
    """Bring a matter, with the priority of the plan that the team has now.

    Raises `SupportTextInvalid` and `TooManySupportRequests`.
    """
    team = membership.team
    asker = services.Asker(
        team_id=team.pk, team_name=team.name, member=membership.user, priority=team.plan_version.support
    )
    return services.open_request(asker=asker, subject=subject, category=category, text=text)


def write_again(membership: Membership, request_id: int, *, text: str) -> SupportRequest:
    """Add to a matter that this member may see. Raises as `get_request` and the service do."""
    found = get_request(membership, request_id)
    return services.write_again(request_id=found.pk, team_id=membership.team_id, member=membership.user, text=text)


def settle_request(membership: Membership, request_id: int) -> SupportRequest:
    """Close a matter that this member may see."""
    found = get_request(membership, request_id)
    return services.close_request(request_id=found.pk, team_id=membership.team_id)


def _only(membership: Membership) -> int | None:
    return None if can(membership, Permission.ACTIVITY_VIEW) else membership.user_id
