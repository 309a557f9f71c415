"""Which teams have a wallet to look after. Reads public tables only, never a team's schema."""

from datetime import datetime, timedelta

from apps.jobs.models import Job
from apps.teams.models import Team

from .periods import get_period

# A late or missed beat is made up for within this time; later, the team's next read or hold does it.
RENEWAL_WINDOW = timedelta(hours=25)
ENDED_JOBS_WINDOW = timedelta(hours=6)


def list_renewing_teams(*, at: datetime) -> list[Team]:
    """Active teams whose billing period began lately."""
    teams = Team.objects.filter(state=Team.State.ACTIVE).order_by("id")
    return [team for team in teams if at - get_period(anchor=team.billing_anchor_at, at=at).start < RENEWAL_WINDOW]


def list_teams_with_failed_jobs(*, at: datetime) -> list[Team]:
    """Active teams of which a job failed or was cancelled lately: what it held may be left. Success captures."""
    ended = Job.objects.filter(
        state__in=[Job.State.FAILED, Job.State.CANCELLED], finished_at__gte=at - ENDED_JOBS_WINDOW, team__isnull=False
    )
    teams = Team.objects.filter(state=Team.State.ACTIVE, pk__in=ended.values("team_id"))
    return list(teams.order_by("id"))
