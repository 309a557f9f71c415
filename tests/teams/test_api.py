"""`/api/v1/teams/`: answers, refusals, and the wall between two teams on every route."""

import pytest

from apps.teams.models import Membership, Team
from apps.teams.services import set_state

BASE = "/api/v1/teams/"


def refusal(response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def member_of(team, user) -> Membership:
    return Membership.objects.get(team=team, user=user)


def test_the_list_names_the_teams_and_the_role_in_each(api, team, other_team):
    Membership.objects.create(team=other_team, user=team.owner, role="manager")

    body = api(team.owner).get(BASE).json()

    assert body["next"] is None
    assert [(row["slug"], row["name"], row["role"], row["plan"], row["state"]) for row in body["results"]] == [
        ("first-team", "First team", "owner", "standard", "active"),
        ("other-team", "Other team", "manager", "premium", "active"),
    ]


def test_the_list_costs_the_same_for_many_teams(api, team, other_team, free_team, django_assert_max_num_queries):
    for more in (other_team, free_team):
        Membership.objects.create(team=more, user=team.owner, role="manager")
    client = api(team.owner)
    client.get(BASE)

    with django_assert_max_num_queries(4):
        assert len(client.get(BASE).json()["results"]) == 3


def test_pages_of_the_list(api, team, other_team):
    Membership.objects.create(team=other_team, user=team.owner, role="manager")
    client = api(team.owner)

    first = client.get(BASE, {"page_size": 1}).json()
    second = client.get(first["next"]).json()

    assert [row["slug"] for row in first["results"] + second["results"]] == ["first-team", "other-team"]
    assert second["next"] is None


def test_an_archived_team_is_not_listed(api, team):
    set_state(team=team, state=Team.State.ARCHIVED)

    assert api(team.owner).get(BASE).json() == {"results": [], "next": None}


def test_a_visitor_gets_401_everywhere(api, team):
    for method, path in [("get", ""), ("post", ""), ("get", "current"), ("patch", "current"), ("get", "members"),
                         ("post", "switch"), ("patch", "members/1"), ("delete", "members/1"),
                         ("post", "members/1/transfer-ownership")]:  # fmt: skip
        assert refusal(getattr(api(team=team), method)(BASE + path)) == (401, "auth.required"), path


def test_make_a_team(api, make_user):
    user = make_user()

    response = api(user).post(BASE, {"name": "  Acme  Ltd ", "slug": "acme"})

    team = Team.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "slug": "acme",
        "name": "Acme Ltd",
        "role": "owner",
        "plan": "free",
        "state": "active",
        "created_at": team.created_at.isoformat().replace("+00:00", "Z"),
    }
    assert api(user, team=team).get(BASE + "current").status_code == 200


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "invalid")),
        ({"name": "   "}, (400, "invalid")),
        ({"name": "x" * 81}, (400, "team.name_invalid")),
        ({"name": "Acme", "slug": "api"}, (400, "team.slug_invalid")),
        ({"name": "Acme", "slug": "other-team"}, (409, "team.slug_taken")),
        ({"name": "Acme", "plan": "premium", "slug": "a b"}, (400, "team.slug_invalid")),
    ],
)
def test_a_team_that_cannot_be_made(api, make_user, other_team, body, expected):
    response = api(make_user()).post(BASE, body)

    assert refusal(response) == expected
    assert Team.objects.count() == 1


def test_the_plan_of_a_new_team_is_not_the_callers_to_choose(api, make_user):
    assert api(make_user()).post(BASE, {"name": "Acme", "plan": "premium"}).json()["plan"] == "free"


def test_a_second_free_team_is_refused(api, free_team):
    assert refusal(api(free_team.owner).post(BASE, {"name": "More"})) == (409, "team.free_exists")


def test_the_current_team(api, team, as_member):
    body = api(as_member(team, "member"), team=team).get(BASE + "current").json()

    assert {key: body[key] for key in ("slug", "role", "plan", "seats", "seats_taken", "time_zone", "currency")} == {
        "slug": "first-team",
        "role": "member",
        "plan": "standard",
        "seats": 2,
        "seats_taken": 2,
        "time_zone": "UTC",
        "currency": "USD",
    }
    assert "creators.search" in body["permissions"]
    assert "team.edit" not in body["permissions"]


def test_change_the_team(api, team):
    client = api(team.owner, team=team)

    response = client.patch(BASE + "current", {"name": "فريق", "time_zone": "Asia/Dubai", "currency": "AED"})

    assert response.status_code == 200
    assert client.get(BASE + "current").json()["name"] == "فريق"
    team.refresh_from_db()
    assert (team.name, team.slug, team.time_zone, team.currency) == ("فريق", "first-team", "Asia/Dubai", "AED")


@pytest.mark.parametrize("body", [{"time_zone": "Mars/Base"}, {"currency": "XXX"}, {"name": "\u200b"}])
def test_a_change_that_is_refused_changes_nothing(api, team, body):
    assert api(team.owner, team=team).patch(BASE + "current", {"name": "New", **body}).status_code == 400

    team.refresh_from_db()
    assert (team.name, team.time_zone, team.currency) == ("First team", "UTC", "USD")


def test_what_cannot_be_changed_is_ignored(api, team):
    api(team.owner, team=team).patch(BASE + "current", {"slug": "mine", "plan": "premium", "state": "archived"})

    team.refresh_from_db()
    assert (team.slug, team.plan_version.plan.code, team.state) == ("first-team", "standard", "active")


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("manager", 403), ("member", 403)])
def test_who_may_change_the_team(api, team, as_member, role, status):
    response = api(as_member(team, role), team=team).patch(BASE + "current", {"name": "New"})

    assert response.status_code == status
    team.refresh_from_db()
    assert team.name == ("New" if status == 200 else "First team")


def test_the_members(api, team, as_member):
    manager = as_member(team, "manager", email="mo@example.com", full_name="Mo")

    body = api(manager, team=team).get(BASE + "members").json()

    assert [(row["id"], row["email"], row["full_name"], row["role"], row["state"]) for row in body["results"]] == [
        (team.owner.pk, "owner@example.com", "Olive Owner", "owner", "active"),
        (manager.pk, "mo@example.com", "Mo", "manager", "active"),
    ]


def test_change_a_members_role(api, team, as_member):
    user = as_member(team, "member")
    path = f"{BASE}members/{member_of(team, user).user_id}"

    response = api(team.owner, team=team).patch(path, {"role": "manager"})

    assert (response.status_code, response.json()["role"]) == (200, "manager")
    assert member_of(team, user).role == "manager"


@pytest.mark.parametrize("body", [{}, {"role": "owner"}, {"role": "king"}, {"state": "gone"}])
def test_a_role_that_cannot_be_given(api, team, as_member, body):
    user = as_member(team, "member")

    response = api(team.owner, team=team).patch(f"{BASE}members/{member_of(team, user).user_id}", body)

    assert refusal(response) == (400, "invalid")
    assert member_of(team, user).role == "member"


@pytest.mark.parametrize("role", ["manager", "member"])
def test_who_does_not_manage_members_is_403_before_anything_else(api, team, as_member, role):
    client = api(as_member(team, role), team=team)
    owner = member_of(team, team.owner)

    assert refusal(client.patch(f"{BASE}members/{owner.user_id}", {"role": "king"})) == (403, "role.forbidden")
    assert refusal(client.patch(f"{BASE}members/999999", {"role": "admin"})) == (403, "role.forbidden")
    assert refusal(client.delete(f"{BASE}members/999999")) == (403, "role.forbidden")
    assert refusal(client.post(f"{BASE}members/{owner.user_id}/transfer-ownership")) == (403, "role.forbidden")
    assert Membership.objects.filter(team=team).count() == 2


def test_remove_a_member_whose_next_request_is_404(api, team, as_member):
    user = as_member(team, "admin")
    client = api(user, team=team)
    assert client.get(BASE + "current").status_code == 200

    response = api(team.owner, team=team).delete(f"{BASE}members/{member_of(team, user).user_id}")

    assert response.status_code == 204
    assert refusal(client.get(BASE + "current")) == (404, "team.not_found")


def test_a_member_leaves(api, team, as_member):
    user = as_member(team, "member")

    assert api(user, team=team).delete(f"{BASE}members/{member_of(team, user).user_id}").status_code == 204
    assert not Membership.objects.filter(user=user).exists()


def test_the_owner_cannot_leave(api, team):
    response = api(team.owner, team=team).delete(f"{BASE}members/{member_of(team, team.owner).user_id}")

    assert refusal(response) == (409, "team.owner_required")
    assert member_of(team, team.owner).role == "owner"


def test_hand_the_team_over(api, team, as_member):
    user = as_member(team, "member")

    response = api(team.owner, team=team).post(f"{BASE}members/{member_of(team, user).user_id}/transfer-ownership")

    assert (response.status_code, response.json()["role"]) == (200, "owner")
    assert member_of(team, team.owner).role == "admin"


def test_switch_is_remembered_by_the_web_session(api, team, other_team):
    Membership.objects.create(team=other_team, user=team.owner, role="manager")
    client = api(team.owner)

    response = client.post(BASE + "switch", {"team": other_team.slug})

    assert (response.status_code, response.json()["slug"]) == (200, "other-team")
    assert client.session["team"] == "other-team"


def test_switch_to_a_foreign_team_is_404(api, team, other_team):
    client = api(team.owner)

    assert refusal(client.post(BASE + "switch", {"team": other_team.slug})) == (404, "team.not_found")
    assert refusal(client.post(BASE + "switch", {"team": "nowhere"})) == (404, "team.not_found")
    assert "team" not in client.session


def test_the_wall_on_every_route(api, team, other_team, as_member):
    """Every route of team A for the owner of team B: as team A's guest, and as team B with A's ids."""
    theirs = member_of(team, as_member(team, "member"))
    before = list(Membership.objects.order_by("id").values())
    requests = [
        ("get", "current", None),
        ("patch", "current", {"name": "Hijacked"}),
        ("get", "members", None),
        ("patch", f"members/{theirs.user_id}", {"role": "admin"}),
        ("delete", f"members/{theirs.user_id}", None),
        ("post", f"members/{theirs.user_id}/transfer-ownership", None),
    ]

    for method, path, body in requests:
        response = getattr(api(other_team.owner, team=team), method)(BASE + path, body)
        assert refusal(response) == (404, "team.not_found"), path
        if str(theirs.user_id) in path:
            response = getattr(api(other_team.owner, team=other_team), method)(BASE + path, body)
            assert refusal(response) == (404, "member.not_found"), path

    assert list(Membership.objects.order_by("id").values()) == before
    team.refresh_from_db()
    assert team.name == "First team"
