"""What the pages of an unpaid team say, and to whom."""

import pytest

from apps.teams.models import Team
from apps.teams.services.standing import forget_team


@pytest.fixture
def stand(team):
    def set_state(state: str) -> None:
        Team.objects.filter(pk=team.pk).update(billing_state=state)
        forget_team(team)

    return set_state


def read(client, team, user, path: str = "") -> str:
    client.force_login(user)
    return " ".join(client.get(f"/t/{team.slug}/{path}").content.decode().split())


def test_a_paid_team_is_not_bothered(client, team):
    assert "payment of the plan" not in read(client, team, team.owner)


@pytest.mark.parametrize("path", ["", "wallet/", "members/", "creators/", "plans/"])
def test_every_page_says_what_happens_next(client, team, stand, path):
    stand("grace")
    assert "The last payment of the plan failed" in read(client, team, team.owner, path)
    stand("read_only")
    assert "This team is read-only" in read(client, team, team.owner, path)


def test_others_are_told_whom_to_ask(client, team, stand, as_member):
    stand("read_only")

    assert "Ask Olive Owner" in read(client, team, as_member(team, "admin"))
    assert "Ask Olive Owner" not in read(client, team, team.owner)
