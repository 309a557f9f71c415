"""Two changes of one team at once: both are kept."""

import pytest

from apps.plans.selectors import get_plan_version
from apps.teams.models import Team
from apps.teams.services import set_plan, update_team

from .overtaking import Overtaking, overtake
from .racing import Outcomes

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]


def test_a_name_that_is_given_while_the_plan_changes_is_kept(team, monkeypatch):
    """Who waits for the team's row finds it, though its plan is another one now."""
    premium = get_plan_version("premium")

    def see(outcomes: Outcomes) -> tuple[list[Exception], str, int]:
        changed = Team.objects.get(pk=team.pk)
        return outcomes.errors, changed.name, changed.plan_version_id

    acts = Overtaking(
        slow=lambda: set_plan(team=team, plan_version=premium),
        quick=lambda: update_team(team=team, changes={"name": "Renamed"}),
        before=(Team, "save"),
        see=see,
    )
    assert overtake(monkeypatch, acts) == ([], "Renamed", premium.pk)
