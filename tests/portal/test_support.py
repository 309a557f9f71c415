"""Support as a member meets it: the API and the pages, and the wall around each team's requests."""

import pytest

from apps.system.models import SupportRequest
from apps.system.services import answer_request

BASE = "/api/v1/teams/support"
MATTER = {"subject": "Invoice", "category": "billing", "text": "Where is it?"}


@pytest.fixture
def asked(api, team) -> int:
    return api(team.owner, team=team).post(BASE, MATTER).json()["id"]


def test_the_plan_gives_the_priority(api, team, free_team):
    paid = api(team.owner, team=team).post(BASE, MATTER)
    free = api(free_team.owner, team=free_team).post(BASE, MATTER)

    assert (paid.status_code, paid.json()["priority"], free.json()["priority"]) == (201, "priority", "standard")
    assert {key: paid.json()[key] for key in ("subject", "category", "state", "member")} == {
        "subject": "Invoice", "category": "billing", "state": "open", "member": team.owner.email,
    }  # fmt: skip


def test_a_repeated_request_is_one(api, team):
    client = api(team.owner, team=team)

    answers = [client.post(BASE, MATTER, headers={"Idempotency-Key": "support-1"}) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert SupportRequest.objects.count() == 1


def test_answers_are_read_and_written_to(api, team, make_user, asked):
    answer_request(request_id=asked, staff=make_user("root@operator.example", is_superuser=True), text="Attached.")
    client = api(team.owner, team=team)

    read = client.get(f"{BASE}/{asked}").json()
    assert read["state"] == "answered"
    assert [(one["author"], one["from_support"], one["text"]) for one in read["messages"]] == [
        (team.owner.display_name, False, "Where is it?"),
        ("Support", True, "Attached."),
    ]
    assert client.post(f"{BASE}/{asked}/messages", {"text": "Thanks!"}).json()["state"] == "open"
    assert client.delete(f"{BASE}/{asked}").status_code == 204
    assert client.get(f"{BASE}/{asked}").json()["state"] == "closed"


def test_members_see_their_own_and_admins_the_teams(api, team, as_member, asked):
    member, admin = as_member(team, "member"), as_member(team, "admin")
    own = api(member, team=team).post(BASE, MATTER).json()["id"]

    def seen(user) -> list[int]:
        return [one["id"] for one in api(user, team=team).get(BASE).json()["results"]]

    assert (seen(member), seen(admin), seen(team.owner)) == ([own], [own, asked], [own, asked])
    assert api(member, team=team).get(f"{BASE}/{asked}").json()["error"]["code"] == "support.not_found"


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("delete", ""), ("post", "/messages")])
def test_another_teams_request_is_404(api, other_team, asked, method, path):
    answer = getattr(api(other_team.owner, team=other_team), method)(f"{BASE}/{asked}{path}", {"text": "Mine?"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "support.not_found")
    assert SupportRequest.objects.get().messages.count() == 1


def test_bad_input_names_the_fields(api, team):
    answer = api(team.owner, team=team).post(BASE, {"subject": "", "category": "gossip"})

    assert answer.status_code == 400
    assert set(answer.json()["error"]["details"]) == {"subject", "category", "text"}
    assert SupportRequest.objects.count() == 0


def test_the_list_costs_the_same_for_many(api, team, django_assert_max_num_queries):
    client = api(team.owner, team=team)
    for _ in range(6):
        client.post(BASE, MATTER)

    with django_assert_max_num_queries(6):
        assert len(client.get(BASE).json()["results"]) == 6


def test_the_page_takes_a_request_and_shows_the_answer(client, team, make_user):
    client.force_login(team.owner)
    page = f"/t/{team.slug}/support/"

    assert "Nothing asked yet" in client.get(page).content.decode()
    assert "priority support" in client.get(page).content.decode()
    assert client.post(page, {**MATTER, "subject": "<i>Invoice</i>"}).status_code == 302
    asked = SupportRequest.objects.get()
    answer_request(request_id=asked.pk, staff=make_user("root@operator.example", is_superuser=True), text="Here.")
    listed = client.get(page).content.decode()
    read = client.get(f"{page}{asked.pk}/").content.decode()

    assert "&lt;i&gt;Invoice&lt;/i&gt;" in listed
    assert "Answered" in listed
    assert "Here." in read
    assert client.post(f"{page}{asked.pk}/", {"text": "More"}).status_code == 302
    assert client.post(f"{page}{asked.pk}/close/").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.messages.count()) == ("closed", 3)


def test_a_page_with_mistakes_keeps_what_was_typed(client, team):
    client.force_login(team.owner)

    answer = client.post(f"/t/{team.slug}/support/", {"subject": "Typed", "category": "billing", "text": ""})

    assert answer.status_code == 400
    assert 'value="Typed"' in answer.content.decode()
    assert SupportRequest.objects.count() == 0


def test_another_teams_page_is_404(client, team, other_team, asked):
    client.force_login(other_team.owner)

    assert client.get(f"/t/{team.slug}/support/").status_code == 404
    assert client.get(f"/t/{other_team.slug}/support/{asked}/").status_code == 404
    assert client.post(f"/t/{other_team.slug}/support/{asked}/close/").status_code == 404
