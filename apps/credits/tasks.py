"""What the beat asks of wallets: it fans out one small task per team, and every one of them may run twice."""

from celery import shared_task
from django.utils import timezone

from apps.core.tasks import PublicTask
from apps.teams.access import enter_team
from apps.teams.models import Team

from . import services
from .selectors.fanning import list_audited_teams, list_renewing_teams, list_teams_with_failed_jobs

# What the workers did not get to in this time is done by the next night's audit.
AUDIT_EXPIRES_SECONDS = 12 * 60 * 60


@shared_task(name="credits.open_periods", base=PublicTask)
def open_periods() -> int:
    """Open the billing period of every team that is due. Returns how many teams."""
    return _tend(list_renewing_teams(at=timezone.now()))


@shared_task(name="credits.sweep_holds", base=PublicTask)
def sweep_holds() -> int:
    """Give back what ended jobs may have left on hold. Walks jobs, not schemas. Returns how many teams."""
    return _tend(list_teams_with_failed_jobs(at=timezone.now()))


@shared_task(name="credits.audit_ledgers", base=PublicTask)
def audit_ledgers() -> int:
    """Have every wallet replayed, each by a task of its own. Returns how many teams."""
    services.purge_audits(at=timezone.now())
    teams = [team for team in list_audited_teams() if team.state == Team.State.ACTIVE]
    for team in teams:
        with enter_team(team):
            audit_ledger.apply_async(queue="background", expires=AUDIT_EXPIRES_SECONDS)
    return len(teams)


@shared_task(name="credits.audit_ledger")
def audit_ledger() -> int:
    """Replay one team's wallet. Returns how many differences."""
    return sum(services.audit_wallet().counts.values())


@shared_task(name="credits.tend_wallet")
def tend_wallet() -> bool:
    """Bring one team's wallet up to date."""
    return services.bring_up_to_date()


@shared_task(name="credits.roll_up_wallets", base=PublicTask)
def roll_up_wallets(*, everything: bool = False) -> int:
    """Count every active team's wallet for the operator's statistics. Returns how many teams."""
    teams = list(Team.objects.filter(state=Team.State.ACTIVE).order_by("id"))
    for team in teams:
        with enter_team(team):
            roll_up_wallet.delay(everything=everything)
    return len(teams)


@shared_task(name="credits.roll_up_wallet")
def roll_up_wallet(*, everything: bool = False) -> None:
    """Count one team's wallet."""
    services.roll_up_wallet(everything=everything)


def _tend(teams: list[Team]) -> int:
    for team in teams:
        with enter_team(team):
            tend_wallet.delay()
    return len(teams)
