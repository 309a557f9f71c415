"""Who stays when there are fewer seats."""

import pytest

from apps.teams.models import Membership
from apps.teams.services import suspend_beyond_seats


@pytest.fixture
def members(team, as_member):
    return [as_member(team, role) for role in ("admin", "member", "member", "manager")]


def active(team) -> list[int]:
    rows = Membership.objects.filter(team=team, state="active").order_by("user_id")
    return list(rows.values_list("user_id", flat=True))


def test_who_came_last_is_suspended_first(team, members):
    assert suspend_beyond_seats(team=team, seats=3) == [members[2].pk, members[3].pk]
    assert active(team) == [team.owner.pk, members[0].pk, members[1].pk]


def test_the_owners_choice_comes_before_the_order(team, members):
    suspend_beyond_seats(team=team, seats=3, keep=[members[3].pk, members[1].pk])

    assert active(team) == [team.owner.pk, members[1].pk, members[3].pk]


@pytest.mark.parametrize("seats", [0, 1])
def test_the_owner_always_stays(team, members, seats):
    suspend_beyond_seats(team=team, seats=seats, keep=[members[0].pk])

    assert active(team) == [team.owner.pk]


def test_enough_seats_change_nothing_and_bring_nobody_back(team, members):
    Membership.objects.filter(user=members[0]).update(state="suspended")

    assert suspend_beyond_seats(team=team, seats=9) == []
    assert members[0].pk not in active(team)


def test_nobody_else_is_touched(team, members, other_team, as_member):
    stranger = as_member(other_team)
    suspend_beyond_seats(team=team, seats=1)

    assert active(other_team) == [other_team.owner.pk, stranger.pk]
