"""Adding, changing, removing members; the owner's place."""

import pytest

from apps.plans.selectors import get_plan_version
from apps.teams.errors import (
    AlreadyMember,
    FreeTeamExists,
    MembershipSuspended,
    OwnerRequired,
    SeatsExhausted,
    SuperadminNotMember,
)
from apps.teams.models import Membership
from apps.teams.services import add_member, change_member, create_team, set_plan, transfer_ownership


def roles(team) -> list[tuple[str, str]]:
    return list(Membership.objects.filter(team=team).order_by("id").values_list("role", "state"))


def test_members_take_seats_until_the_plan_is_full(team, make_user):
    add_member(team=team, user=make_user(), role="admin")

    with pytest.raises(SeatsExhausted) as refusal:
        add_member(team=team, user=make_user(), role="member")

    assert refusal.value.details == {
        "seats": 2,
        "taken": 2,
        "included_in": ["premium"],
        "upgrade": "/api/v1/billing/plans",
    }
    assert roles(team) == [("owner", "active"), ("admin", "active")]


def test_seats_follow_the_plan_at_once(team, make_user):
    add_member(team=team, user=make_user(), role="admin")
    set_plan(team=team, plan_version=get_plan_version("premium"))

    add_member(team=team, user=make_user(), role="member")

    assert len(roles(team)) == 3


def test_a_suspended_member_frees_a_seat_and_needs_one_to_return(team, make_user):
    first = add_member(team=team, user=make_user(), role="admin")
    change_member(team=team, member_id=first.user_id, state="suspended")
    add_member(team=team, user=make_user(), role="member")

    with pytest.raises(SeatsExhausted):
        change_member(team=team, member_id=first.user_id, state="active")

    assert roles(team) == [("owner", "active"), ("admin", "suspended"), ("member", "active")]


def test_nobody_joins_twice(other_team, make_user):
    user = make_user()
    add_member(team=other_team, user=user, role="member")

    with pytest.raises(AlreadyMember):
        add_member(team=other_team, user=user, role="admin")

    assert roles(other_team) == [("owner", "active"), ("member", "active")]


def test_staff_of_the_operator_never_join(other_team, make_user):
    with pytest.raises(SuperadminNotMember):
        add_member(team=other_team, user=make_user(is_superuser=True), role="admin")

    assert roles(other_team) == [("owner", "active")]


def test_a_team_has_one_owner(other_team, make_user):
    member = add_member(team=other_team, user=make_user(), role="admin")
    owner = Membership.objects.get(team=other_team, role="owner")

    with pytest.raises(OwnerRequired):
        add_member(team=other_team, user=make_user(), role="owner")
    with pytest.raises(OwnerRequired):
        change_member(team=other_team, member_id=member.user_id, role="owner")
    for change in ({"role": "member"}, {"state": "suspended"}):
        with pytest.raises(OwnerRequired):
            change_member(team=other_team, member_id=owner.user_id, **change)

    assert roles(other_team) == [("owner", "active"), ("admin", "active")]


def test_the_ownership_is_handed_over(other_team, make_user):
    member = add_member(team=other_team, user=make_user(), role="member")

    transfer_ownership(team=other_team, member_id=member.user_id)
    transfer_ownership(team=other_team, member_id=member.user_id)

    assert roles(other_team) == [("admin", "active"), ("owner", "active")]


def test_a_suspended_member_cannot_become_the_owner(other_team, make_user):
    member = add_member(team=other_team, user=make_user(), role="member")
    change_member(team=other_team, member_id=member.user_id, state="suspended")

    with pytest.raises(MembershipSuspended):
        transfer_ownership(team=other_team, member_id=member.user_id)

    assert roles(other_team) == [("owner", "active"), ("member", "suspended")]


def test_a_free_team_is_not_handed_to_who_has_one(free_team, make_user):
    user = make_user()
    create_team(name="Own", owner=user)
    member = Membership.objects.create(team=free_team, user=user, role="member")

    with pytest.raises(FreeTeamExists):
        transfer_ownership(team=free_team, member_id=member.user_id)

    assert roles(free_team) == [("owner", "active"), ("member", "active")]
