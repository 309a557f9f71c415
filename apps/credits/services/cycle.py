"""Keeping a wallet in step with its billing period."""

from apps.core.trips import ask_together
from apps.credits.models import Wallet
from apps.credits.selectors.funds import ask_open_grants, is_behind
from apps.credits.selectors.holds import ask_overdue
from apps.credits.selectors.terms import ask_terms
from apps.teams.access import enter_team
from apps.teams.models import Team
from apps.teams.services import plan_period

from .books import open_books
from .sweeping import release_abandoned


def ensure_period(team: Team) -> bool:
    """Grant the credits of the team's current period and expire what is over. Returns whether anything was due.

    Repeatable, in any order and in parallel: the period's own key grants it once. One query when nothing is due.
    """
    with enter_team(team):
        return bring_up_to_date()


def bring_up_to_date() -> bool:
    """`ensure_period` for the team of the current schema; what a crash left on hold is given back as well."""
    if not _is_due():
        return False
    with open_books() as books:
        release_abandoned(books)
        return True


def create_wallet() -> bool:
    """Make the current team's wallet, up to date; returns whether it is new. Any other act makes it as well."""
    is_new = not Wallet.objects.exists()
    with open_books():
        return is_new


def _is_due() -> bool:
    terms, grants, is_overdue = ask_together(ask_terms(), ask_open_grants(), ask_overdue())
    if is_overdue or is_behind(terms, grants):
        return True
    if terms.team.next_period_at != terms.period.end:
        plan_period(team=terms.team, at=terms.period.end)
    return False
