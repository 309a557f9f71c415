"""The page of members: who may see and change what."""

import pytest

from apps.credits.models import MemberCap
from apps.credits.services import hold_credits
from apps.teams.access import enter_team
from apps.teams.models import Membership
from apps.teams.roles import MATRIX, Permission
from tests.support.spending import spend

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def member(team, as_member):
    person = as_member(team, "member", full_name="Mia Member")
    with enter_team(team):
        spend("u1", member=person)
        hold_credits(action="influencer_unlock", key="open", member=person)
        spend("s", member=person, action="advanced_search", units=12)
        spend("o", member=team.owner)
    return person


@pytest.fixture
def browse(client, team):
    def read(user) -> dict:
        client.force_login(user)
        answer = client.get(f"/t/{team.slug}/members/")
        assert answer.status_code == 200
        return {row["member"].user_id: row["use"] for row in answer.context["page"]["rows"]}

    return read


def used(rows) -> dict:
    return {row["unit"]: row["used"] for row in rows}


def test_managers_see_what_everybody_used(browse, team, member, as_member):
    seen = browse(as_member(team, "manager"))

    assert used(seen[member.pk]) == {
        "influencer_unlock": 2, "email_unlock": 0, "post_analytics": 0, "credits": 30, "advanced_search": 12,
    }  # fmt: skip
    assert used(seen[team.owner.pk]) == {"influencer_unlock": 1, "email_unlock": 0, "post_analytics": 0, "credits": 0}


def test_members_see_their_own_use_only(browse, team, member):
    seen = browse(member)

    assert used(seen[member.pk])["influencer_unlock"] == 2
    assert seen[team.owner.pk] is None


def test_an_admin_sets_and_lifts_limits(client, team, member, as_member):
    client.force_login(as_member(team, "admin"))
    dialog = f"/t/{team.slug}/members/{member.pk}/"
    form = client.get(dialog, headers=FRAGMENT).content.decode()
    assert 'name="limit.credits"' in form
    assert 'name="limit.influencer_unlock"' in form

    change(client, team, member, "limits", {"limit.influencer_unlock": "10", "limit.credits": "500", "limit.x": ""})
    assert limits(team, member) == {"influencer_unlock": 10, "credits": 500}
    assert [row["limit"] for row in client.get(dialog, headers=FRAGMENT).context["form"]].count(None) > 0
    for wrong in ({"limit.credits": "-1"}, {"limit.credits": "ten"}, {"limit.bananas": "1"}):
        change(client, team, member, "limits", wrong)
        assert limits(team, member) == {"influencer_unlock": 10, "credits": 500}
    change(client, team, member, "limits", {"limit.credits": " "})
    assert limits(team, member) == {}


def test_an_admin_changes_role_and_place(client, team, member):
    client.force_login(team.owner)

    change(client, team, member, "change", {"role": "manager", "state": "suspended"})
    assert place(team, member) == ("manager", "suspended")
    change(client, team, member, "change", {"role": "owner", "state": "gone"})
    assert place(team, member) == ("manager", "suspended")
    change(client, team, team.owner, "change", {"role": "member"})
    assert place(team, team.owner) == ("owner", "active")


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_change_nothing(client, team, member, as_member, role):
    client.force_login(as_member(team, role))
    base = f"/t/{team.slug}/members/{member.pk}"

    assert client.get(f"{base}/").status_code == 403
    assert client.post(f"{base}/limits/", {"limit.credits": "1"}).status_code == 403
    assert client.post(f"{base}/change/", {"role": "admin"}).status_code == 403
    assert limits(team, member) == {}
    assert place(team, member) == ("member", "active")


def test_members_of_other_teams_do_not_exist(client, team, other_team):
    client.force_login(team.owner)
    stranger = f"/t/{team.slug}/members/{other_team.owner.pk}"

    assert client.get(f"{stranger}/", headers=FRAGMENT).status_code == 404
    assert client.post(f"{stranger}/limits/", {"limit.credits": "1"}).status_code == 404
    assert client.post(f"{stranger}/change/", {"state": "suspended"}).status_code == 404
    assert place(other_team, other_team.owner) == ("owner", "active")


def test_the_matrix_is_the_one_that_guards(client, team):
    client.force_login(team.owner)
    matrix = client.get(f"/t/{team.slug}/members/").context["matrix"]

    shown = {(row["label"], role["label"].lower()) for row in matrix for role in row["roles"] if role["may"]}
    assert shown == {(permission.label, str(role)) for permission in Permission for role in MATRIX[permission]}


def change(client, team, member, what: str, given: dict) -> None:
    answer = client.post(f"/t/{team.slug}/members/{member.pk}/{what}/", given)
    assert (answer.status_code, answer["Location"]) == (302, f"/t/{team.slug}/members/")


def limits(team, member) -> dict:
    with enter_team(team):
        return dict(MemberCap.objects.filter(member=member).values_list("unit", "limit"))


def place(team, member) -> tuple:
    return Membership.objects.values_list("role", "state").get(team=team, user=member)
