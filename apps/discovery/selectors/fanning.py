"""Which teams have work by beat. Reads public tables only, never a team's schema."""

from apps.teams.models import Team


def list_paying_teams() -> list[Team]:
    """Active teams on a plan that costs something."""
    teams = Team.objects.filter(state=Team.State.ACTIVE, plan_version__price_month_cents__gt=0)
    return list(teams.order_by("pk"))
