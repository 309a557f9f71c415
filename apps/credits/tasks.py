"""What the beat asks of wallets: it fans out one small task per team, and every one of them may run twice."""

from celery import shared_task
from django.utils import timezone

from apps.core.tasks import PublicTask
from apps.teams.access import enter_team
from apps.teams.models import Team

from . import services
from .selectors.fanning import list_renewing_teams, list_teams_with_failed_jobs


@shared_task(name="credits.open_periods", base=PublicTask)
def open_periods() -> int:
    """Open the billing period of every team that is due. Returns how many teams."""
    return _tend(list_renewing_teams(at=timezone.now()))


@shared_task(name="credits.sweep_holds", base=PublicTask)
def sweep_holds() -> int:
    """Give back what ended jobs may have left on hold. Walks jobs, not schemas. Returns how many teams."""
    return _tend(list_teams_with_failed_jobs(at=timezone.now()))


@shared_task(name="credits.tend_wallet")
def tend_wallet() -> bool:
    """Bring one team's wallet up to date."""
    return services.bring_up_to_date()


def _tend(teams: list[Team]) -> int:
    for team in teams:
        with enter_team(team):
            tend_wallet.delay()
    return len(teams)
