"""The matrix, cell by cell: written out once more, so that a slip in the code is seen."""

import pytest

from apps.teams.access import can
from apps.teams.models import Membership
from apps.teams.roles import MATRIX, Permission, list_permissions, name_roles

EXPECTED = """
team.view       owner admin manager member
team.edit       owner admin
team.delete     owner
team.transfer   owner
members.view    owner admin manager member
members.manage  owner admin
limits.manage   owner admin
activity.view   owner admin
billing.manage  owner
keys.manage     owner admin
sso.manage      owner admin
usage.view      owner admin manager
credits.view    owner admin manager member
credits.spend   owner admin manager member
jobs.cancel     owner admin manager member
content.view    owner admin manager member
content.edit    owner admin manager
creators.search owner admin manager member
export          owner admin manager
"""
ROWS = {line.split()[0]: set(line.split()[1:]) for line in EXPECTED.strip().splitlines()}


def test_every_permission_has_its_row():
    assert set(ROWS) == set(Permission) == set(MATRIX)


@pytest.mark.parametrize("role", Membership.Role.values)
@pytest.mark.parametrize("permission", list(Permission))
def test_cell(permission, role):
    assert can(Membership(role=role), permission) is (role in ROWS[permission])


def test_permissions_carry_words_for_people():
    assert Permission.MEMBERS_MANAGE.label == "Invite, change and remove members"
    assert str(Permission.MEMBERS_MANAGE) == "members.manage"
    assert all(permission.label for permission in Permission)


def test_what_a_member_may_do():
    assert [str(permission) for permission in list_permissions("member")] == [
        "team.view", "members.view", "credits.view", "credits.spend", "jobs.cancel", "content.view", "creators.search",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission.BILLING_MANAGE, "the owner"),
        (Permission.LIMITS_MANAGE, "the owner or an admin"),
        (Permission.EXPORT, "the owner, an admin or a manager"),
        (Permission.TEAM_VIEW, "the owner, an admin, a manager or a member"),
    ],
)
def test_a_refusal_names_who_may(permission, words):
    assert name_roles(permission) == words
