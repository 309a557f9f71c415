"""Members of one team. Every call names the team: these tables are shared by all teams."""

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.teams.errors import MemberNotFound
from apps.teams.models import Membership, Team


def list_members(team: Team) -> QuerySet[Membership]:
    """The team's members with their users, oldest first."""
    return Membership.objects.filter(team=team).select_related("user").order_by("id")


def get_member(*, team: Team, member_id: int) -> Membership:
    """One member of this team, or `MemberNotFound`, for other teams' members too.

    A member is named by the user's id everywhere, in the ledger and the usage too, which outlive a membership.
    """
    member = list_members(team).filter(user_id=member_id).first()
    if member is None:
        raise MemberNotFound
    return member


def find_owner(team: Team) -> User | None:
    """The team's owner, or None where the last one is gone."""
    owner = list_members(team).filter(role=Membership.Role.OWNER).first()
    return owner.user if owner else None


def count_seats_taken(team: Team) -> int:
    """Active members; suspended ones take no seat."""
    return Membership.objects.filter(team=team, state=Membership.State.ACTIVE).count()
