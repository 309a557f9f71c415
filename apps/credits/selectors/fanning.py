"""Which teams have a wallet to look after. Reads public tables only, never a team's schema."""

from datetime import datetime, timedelta

from django.db.models import Q

from apps.jobs.models import Job
from apps.teams.models import Team

ENDED_JOBS_WINDOW = timedelta(hours=6)


def list_renewing_teams(*, at: datetime) -> list[Team]:
    """Active teams whose next billing period has begun, however long ago, or whose wallet never said when it does."""
    due = Q(next_period_at__lte=at) | Q(next_period_at=None)
    return list(Team.objects.filter(due, state=Team.State.ACTIVE).order_by("id"))


def list_audited_teams(*, slug: str = "") -> list[Team]:
    """Teams that have a schema, suspended ones too; with `slug` only that one."""
    teams = Team.objects.exclude(state=Team.State.ARCHIVED).order_by("id")
    return list(teams.filter(slug=slug) if slug else teams)


def list_teams_with_failed_jobs(*, at: datetime) -> list[Team]:
    """Active teams of which a job failed or was cancelled lately: what it held may be left. Success captures."""
    ended = Job.objects.filter(
        state__in=[Job.State.FAILED, Job.State.CANCELLED], finished_at__gte=at - ENDED_JOBS_WINDOW, team__isnull=False
    )
    teams = Team.objects.filter(state=Team.State.ACTIVE, pk__in=ended.values("team_id"))
    return list(teams.order_by("id"))
