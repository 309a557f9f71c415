"""Teams by what names them."""

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.teams.models import Membership, Team


def find_team(*, slug: str) -> Team | None:
    """The team of a slug, archived ones included, or None."""
    return Team.objects.select_related("plan_version__plan").filter(slug=slug).first()


def list_teams(user: User) -> QuerySet[Membership]:
    """A user's places in teams that are not archived, ordered by the team's name; each with its team and plan."""
    return (
        Membership.objects.filter(user=user)
        .exclude(team__state=Team.State.ARCHIVED)
        .select_related("team__plan_version__plan")
        .order_by("team__name", "team_id")
    )
