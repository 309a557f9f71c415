"""The teams a person may enter."""

from django.db.models import Count, Q, QuerySet

from apps.accounts.models import User
from apps.teams.models import Membership
from apps.teams.selectors import list_teams


def list_open_teams(user: User) -> QuerySet[Membership]:
    """The user's active places, by the team's name, each with team, plan and its number of active `members`."""
    active = Membership.State.ACTIVE
    members = Count("team__memberships", filter=Q(team__memberships__state=active))
    return list_teams(user).filter(state=active).annotate(members=members)
