"""Loading the demo."""

from collections.abc import Callable

from django.conf import settings

from apps.credits.services import roll_up_wallet
from apps.teams.access import enter_team

from .creators import load_creators, load_history
from .people import load_people


class DemoRefused(Exception):
    """The demo's passwords are public: it is loaded only where DEMO is set."""


def load_demo(*, say: Callable[[str], None] = lambda _: None) -> None:
    """Make the demo's accounts, teams, creators and history where they are missing.

    Raises `DemoRefused` unless `DEMO` is on (the embedded database, or DEMO=1) and the sandbox is a source.
    """
    if not settings.DEMO:
        raise DemoRefused("The demo is loaded only on the embedded database or with DEMO=1, never in production.")
    say("accounts and teams")
    teams = load_people()
    if "sandbox" not in settings.PROFILE_SOURCES:
        say("no creators: the sandbox is not among PROFILE_SOURCES")
        return
    say("creators")
    load_creators()
    say("unlocks and look-ups")
    load_history(teams)
    say("what the wallets have, for the operator")
    for team in teams.values():
        with enter_team(team):
            roll_up_wallet()
