"""Which team a request gets, and that it never keeps it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.teams.models import Domain, Membership, Team
from apps.teams.roles import Permission
from apps.teams.services import change_member, set_billing, set_state, transfer_ownership
from tests.teams import door_urls

pytestmark = pytest.mark.urls("tests.teams.door_urls")


def refusal(response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_a_member_is_let_into_the_schema_and_out_again(api, team):
    response = api(team.owner, team=team).get("/where")

    assert response.json() == {"schema": team.schema_name, "team": team.slug, "role": "owner"}
    assert connection.schema_name == "public"


def test_a_visitor_is_401_before_anything_about_the_team(api, team):
    assert refusal(api(team=team).get("/where")) == (401, "auth.required")
    assert refusal(api(team="no-such-team").get("/where")) == (401, "auth.required")


def test_a_foreign_team_and_an_unknown_one_are_the_same_404(api, team, other_team):
    foreign = api(team.owner, team=other_team).get("/where")
    unknown = api(team.owner, team="no-such-team").get("/where")

    assert refusal(foreign) == (404, "team.not_found")
    assert foreign.content == unknown.content


def test_the_teams_404_comes_before_the_roles_403(api, team, other_team, as_member):
    member = as_member(team, "member")

    assert refusal(api(member, team=other_team).post("/where")) == (404, "team.not_found")
    assert refusal(api(member, team=team).post("/where")) == (403, "role.forbidden")
    assert api(team.owner, team=team).post("/where").json() == {"schema": team.schema_name}


def test_the_only_team_is_meant_where_none_is_named(api, team):
    assert api(team.owner).get("/where").json()["team"] == team.slug


def test_one_of_several_must_be_named(api, team, other_team):
    Membership.objects.create(team=other_team, user=team.owner, role="member")

    assert refusal(api(team.owner).get("/where")) == (400, "team.required")
    assert api(team.owner, team=other_team).get("/where").json()["schema"] == other_team.schema_name


def test_closed_teams_are_not_among_the_several(api, team, other_team):
    Membership.objects.create(team=other_team, user=team.owner, role="member")
    set_state(team=other_team, state=Team.State.ARCHIVED)

    assert api(team.owner).get("/where").json()["team"] == team.slug


def test_a_user_of_no_team_gets_404(api, make_user):
    assert refusal(api(make_user()).get("/where")) == (404, "team.not_found")


def test_superadmins_are_no_members(api, team, make_user):
    """Not even with a row that says so."""
    root = make_user("root@operator.example", is_superuser=True, is_staff=True)
    Membership.objects.create(team=team, user=root, role="admin")

    assert refusal(api(root, team=team).get("/where")) == (404, "team.not_found")
    assert refusal(api(root).get("/where")) == (404, "team.not_found")


@pytest.mark.parametrize("state", ["suspended", "archived"])
def test_a_closed_team_refuses_its_members_and_stays_404_for_others(api, team, other_team, state):
    set_state(team=team, state=state)

    assert refusal(api(team.owner, team=team).get("/where")) == (403, f"team.{state}")
    assert refusal(api(team.owner).get("/where")) == (403, f"team.{state}")
    assert refusal(api(other_team.owner, team=team).get("/where")) == (404, "team.not_found")


@pytest.mark.parametrize(("state", "status"), [("current", 200), ("grace", 200), ("read_only", 402)])
def test_an_unpaid_team_neither_spends_nor_edits_and_does_everything_else(api, team, state, status):
    paid_until = timezone.now() - timedelta(days=8)
    set_billing(team=team, state=state, paid_until=paid_until)
    client = api(team.owner, team=team)

    answers = {permission: client.get(f"/asks/{permission}") for permission in Permission}

    closed = {permission for permission, answer in answers.items() if answer.status_code != 200}
    assert closed == (set() if status == 200 else {Permission.CREDITS_SPEND, Permission.CONTENT_EDIT})
    for permission in closed:
        assert refusal(answers[permission]) == (402, "billing.read_only")
        assert answers[permission].json()["error"]["details"] == {"pay": "/api/v1/billing/subscription"}


def test_the_role_is_asked_before_the_payment(api, other_team, as_member):
    set_billing(team=other_team, state="read_only", paid_until=None)
    client = api(as_member(other_team, "member"), team=other_team)

    assert refusal(client.get(f"/asks/{Permission.CONTENT_EDIT}")) == (403, "role.forbidden")


def test_a_page_of_an_unpaid_team_says_why_it_is_closed(api, team):
    set_billing(team=team, state="read_only", paid_until=None)
    client = api(team.owner)

    closed = client.get(f"/t/{team.slug}/spends")

    assert closed.status_code == 403
    assert "read-only until its plan is paid" in closed.content.decode()
    assert client.get(f"/t/{team.slug}/").status_code == 200


def test_a_suspended_member_is_refused_at_once_and_let_in_again(api, other_team, as_member):
    user = as_member(other_team, "manager")
    client = api(user, team=other_team)
    member = Membership.objects.get(user=user)
    assert client.get("/where").status_code == 200

    change_member(team=other_team, member_id=member.user_id, state="suspended")
    assert refusal(client.get("/where")) == (403, "membership.suspended")

    change_member(team=other_team, member_id=member.user_id, state="active")
    assert client.get("/where").status_code == 200


@pytest.mark.parametrize("how", ["saved", "deleted", "team saved"])
def test_a_change_that_no_service_made_acts_on_the_next_request(api, other_team, as_member, how):
    user = as_member(other_team, "manager")
    client = api(user, team=other_team)
    assert client.get("/where").status_code == 200

    member = Membership.objects.get(user=user)
    if how == "saved":
        member.state = "suspended"
        member.save()
    elif how == "deleted":
        member.delete()
    else:
        other_team.state = "suspended"
        other_team.save()

    refused = {"saved": "membership.suspended", "deleted": "team.not_found", "team saved": "team.suspended"}
    assert refusal(client.get("/where"))[1] == refused[how]


def test_a_changed_role_acts_on_the_next_request(api, other_team, as_member):
    user = as_member(other_team, "admin")
    client = api(user, team=other_team)
    assert client.post("/where").status_code == 403

    transfer_ownership(team=other_team, member_id=user.pk)

    assert client.post("/where").status_code == 200
    assert api(other_team.owner, team=other_team).post("/where").status_code == 403


def test_the_path_names_a_team(api, team):
    assert api(team.owner).get(f"/t/{team.slug}/").json() == {"schema": team.schema_name, "team": team.slug}


def test_a_host_names_a_team(api, team, other_team, make_user):
    Domain.objects.create(domain="creators.acme.example", tenant=team, is_primary=True)
    Membership.objects.create(team=other_team, user=team.owner, role="member")
    client = api(team.owner)

    assert client.get("/where", headers={"host": "creators.acme.example"}).json()["team"] == team.slug
    assert refusal(api(make_user()).get("/where", headers={"host": "creators.acme.example"}))[0] == 404


def test_two_names_that_disagree_are_404_even_for_a_member_of_both(api, team, other_team):
    Membership.objects.create(team=other_team, user=team.owner, role="member")
    Domain.objects.create(domain="creators.acme.example", tenant=team, is_primary=True)
    client = api(team.owner, team=other_team)

    assert refusal(client.get("/where", headers={"host": "creators.acme.example"})) == (404, "team.not_found")
    assert refusal(client.get(f"/t/{team.slug}/where")) == (404, "team.not_found")
    assert client.get(f"/t/{team.slug}/").status_code == 404
    assert client.get(f"/t/{other_team.slug}/").status_code == 200


def test_pages_send_visitors_to_the_login_and_hide_from_others(api, team, other_team, as_member):
    visitor = api().get(f"/t/{team.slug}/?q=1")
    assert (visitor.status_code, visitor["Location"]) == (302, f"/accounts/login/?next=/t/{team.slug}/%3Fq%3D1")

    assert api(other_team.owner).get(f"/t/{team.slug}/").status_code == 404
    assert api(as_member(team, "admin")).get(f"/t/{team.slug}/owners").status_code == 403
    assert api(team.owner).get(f"/t/{team.slug}/owners").json() == {"schema": team.schema_name}


def test_a_template_is_rendered_inside(api, team):
    assert api(team.owner).get(f"/t/{team.slug}/late").content.decode() == team.schema_name


@pytest.mark.parametrize("path", ["/stream", "/t/{slug}/stream"])
def test_every_streamed_chunk_is_made_inside(api, team, path):
    door_urls.CLOSED_IN.clear()
    response = api(team.owner, team=team).get(path.format(slug=team.slug))

    assert connection.schema_name == "public"
    assert b"".join(response.streaming_content).decode().split() == [team.schema_name] * 3
    assert connection.schema_name == "public"
    assert [team.schema_name] == door_urls.CLOSED_IN


def test_a_stream_that_is_broken_off_is_closed_inside_once(api, team):
    door_urls.CLOSED_IN.clear()
    response = api(team.owner, team=team).get("/stream")
    next(iter(response.streaming_content))

    response.close()

    assert [team.schema_name] == door_urls.CLOSED_IN
    assert connection.schema_name == "public"


def test_canary_a_stream_that_is_not_wrapped_is_made_outside(client, team):
    """Were Django to make bodies inside the view, the tests above would prove nothing."""
    response = client.get("/unguarded", {"team": team.slug})

    assert b"".join(response.streaming_content).decode().split() == ["public"] * 3


def test_an_exception_leaves_the_team(api, team):
    client = api(team.owner, team=team)
    with pytest.raises(ZeroDivisionError, match=team.schema_name):
        client.get("/broken")

    assert connection.schema_name == "public"
    assert client.get("/public").json() == {"schema": "public"}


def test_no_request_inherits_what_a_thread_was_left_in(client, team):
    connection.set_tenant(team)

    assert client.get("/public").json() == {"schema": "public"}


def test_a_thread_begins_outside_and_enters_by_itself(committed_db, api, team):
    assert api(team.owner, team=team).get("/thread").json() == {"bare": "public", "entered": team.schema_name}


def test_threads_never_mix_teams(committed_db, team, other_team):
    """Eight threads, two teams, pages, streams and public answers in turn; every answer is from the right place."""
    errors: list[str] = []

    def work(own: Team) -> None:
        client = Client()
        client.force_login(own.owner)
        for _ in range(6):
            where = client.get("/where", headers={"x-team": own.slug}).json()
            stream = client.get("/stream", headers={"x-team": own.slug}).getvalue().decode().split()
            public = client.get("/public").json()
            if (where["schema"], set(stream), public["schema"]) != (own.schema_name, {own.schema_name}, "public"):
                errors.append(f"{own.slug}: {where} {stream} {public}")
        connection.close()

    threads = [threading.Thread(target=work, args=[own]) for own in [team, other_team] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []


def test_the_door_costs_one_cached_read_and_no_sql(api, team, django_assert_max_num_queries):
    client = api(team.owner, team=team)
    client.get("/where")

    with django_assert_max_num_queries(5) as captured:
        client.get("/where")

    statements = [query["sql"] for query in captured.captured_queries]
    assert [statement for statement in statements if "teams_" in statement] == []
    assert len([statement for statement in statements if statement.startswith("SET")]) == 2


def test_a_standing_read_before_a_change_is_not_kept_after_it(team, as_member, monkeypatch):
    """A request reads the old membership, the change commits, then the request keeps what it read."""
    from apps.teams.selectors import list_standing, standing
    from apps.teams.services.standing import forget_members

    user = as_member(team, "admin")
    keep = standing._kept.keep

    def keep_late(name, memberships):
        Membership.objects.filter(user=user).update(role="member")
        forget_members([user.pk])
        keep(name, memberships)

    monkeypatch.setattr(standing._kept, "keep", keep_late)
    assert list_standing(user.pk)[0].role == "admin"
    monkeypatch.undo()

    assert list_standing(user.pk)[0].role == "member"


def test_what_a_request_does_to_its_team_is_not_seen_by_the_next(team):
    from apps.teams.selectors import list_standing

    list_standing(team.owner.pk)
    mine = list_standing(team.owner.pk)[0]
    mine.role, mine.team.name = "member", "Renamed in memory"

    others = list_standing(team.owner.pk)[0]
    assert (others.role, others.team.name, others.team.plan_version.plan.code) == ("owner", "First team", "standard")


def test_without_redis_the_door_asks_the_database(api, team, other_team, settings):
    client = api(team.owner, team=team)
    dead = {name: {**cache, "LOCATION": "redis://127.0.0.1:1/0"} for name, cache in settings.CACHES.items()}
    settings.CACHES = dead

    assert client.get("/where").json()["schema"] == team.schema_name
    assert api(team.owner, team=other_team).get("/where").status_code == 404
