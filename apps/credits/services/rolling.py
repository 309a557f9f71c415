"""The wallet's figures for the operator's statistics, written to public by the team's own job."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from apps.credits.selectors.rollups import WALLET_METRICS, count_wallet
from apps.teams.selectors import get_month_day
from apps.teams.services import store_rollups

from .books import lock_wallet
from .cycle import bring_up_to_date

# So long after its end the month before is counted once more, for what was captured around midnight.
SETTLES = timedelta(days=2)


@transaction.atomic
def roll_up_wallet(*, everything: bool = False) -> None:
    """Count the current team's month (and the last one, while it is young; or every month) and store it.

    The wallet is brought up to date and stays locked meanwhile, so that two counts write one after the other.
    """
    bring_up_to_date()
    lock_wallet()
    now = timezone.now()
    since: date | None = None if everything else get_month_day(now - SETTLES)
    figures = count_wallet(since=since, now=now)
    team_id: int = connection.tenant.pk  # type: ignore[attr-defined]
    store_rollups(team_id=team_id, metrics=WALLET_METRICS, figures=figures, since=since)
