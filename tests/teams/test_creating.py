"""Making teams."""

import pytest

from apps.teams.errors import FreeTeamExists
from apps.teams.models import Membership, Team
from apps.teams.services import create_team


def test_a_team_has_its_schema_and_its_owner(make_user):
    user = make_user()

    team = create_team(name="Acme GmbH", owner=user)

    assert team.slug == "acme-gmbh"
    assert team.plan_version.plan.code == "free"
    assert list(Membership.objects.values_list("team_id", "user_id", "role", "state")) == [
        (team.pk, user.pk, "owner", "active")
    ]


def test_a_user_owns_one_free_team(make_user):
    user = make_user()
    create_team(name="One", owner=user)

    with pytest.raises(FreeTeamExists):
        create_team(name="Two", owner=user)

    assert Team.objects.count() == 1


def test_committed(committed_db, make_user):
    create_team(name="One", owner=make_user("a@example.com"))
    assert Team.objects.count() == 1


def test_after_committed(committed_db):
    assert Team.objects.count() == 0
