"""`Idempotency-Key`: sent twice, done once, answered twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core.errors import DomainError, Kind
from apps.jobs.models import IdempotencyRecord
from tests.jobs import toy


class Broke(DomainError):
    code = "credits.insufficient"
    kind = Kind.PAYMENT_REQUIRED


@pytest.fixture(autouse=True)
def toy_route(settings):
    settings.ROOT_URLCONF = "tests.jobs.toy_urls"
    toy.calls.clear()
    toy.set_refusal(None)
    yield
    toy.set_refusal(None)


def send(client, name="a", key="key-1", body=None, **headers):
    extra = {"Idempotency-Key": key} if key else {}
    return client.post(f"/toy/{name}", body or {}, format="json", headers={**extra, **headers})


def test_a_paid_act_needs_a_key(api, team):
    answer = send(api(team.owner, team=team), key=None)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "idempotency.key_required"
    assert toy.calls == []


def test_other_writes_may_do_without(api, team):
    client = api(team.owner, team=team)

    assert client.put("/toy/a", {}, format="json").json() == {"call": 1}
    assert client.put("/toy/a", {}, format="json").json() == {"call": 2}


@pytest.mark.parametrize("key", ["k" * 256, "tab\there"])
def test_a_strange_key_is_refused(api, team, key):
    answer = send(api(team.owner, team=team), key=key)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "idempotency.key_invalid"


def test_the_same_request_gets_the_same_answer_and_runs_once(api, team):
    client = api(team.owner, team=team)

    first, again = send(client), send(client)

    assert toy.calls == ["a"]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"call": 1}
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.headers["X-Credits-Charged"] == "25"
    assert "X-Other" not in again.headers


@pytest.mark.parametrize(
    ("name", "body", "query"), [("b", None, ""), ("a", {"max_credits": 5}, ""), ("a", None, "?max_credits=5")]
)
def test_the_key_is_bound_to_path_query_and_body(api, team, name, body, query):
    client = api(team.owner, team=team)
    send(client)

    other = send(client, name=f"{name}{query}", body=body)

    assert other.status_code == 409
    assert other.json()["error"]["code"] == "idempotency.key_reused"
    assert toy.calls == ["a"]


def test_a_key_is_the_teams_and_the_actors_own(api, team, other_team, as_member):
    colleague = as_member(team)

    send(api(team.owner, team=team))
    send(api(colleague, team=team))
    send(api(other_team.owner, team=other_team))

    assert toy.calls == ["a", "a", "a"]


def test_a_refusal_can_be_tried_again_with_the_same_key(api, team):
    client = api(team.owner, team=team)

    def broke(name):
        raise Broke

    toy.set_refusal(broke)
    refused = send(client)
    toy.set_refusal(None)
    changed = send(client, body={"other": 1})
    paid = send(client)

    assert refused.status_code == 402
    assert changed.status_code == 409
    assert (paid.status_code, paid.json()) == (201, {"call": 2})


def test_a_crash_in_the_view_frees_the_key(api, team):
    client = api(team.owner, team=team)
    client.raise_request_exception = False

    def crash(name):
        raise RuntimeError("boom")

    toy.set_refusal(crash)
    assert send(client).status_code == 500
    toy.set_refusal(None)

    assert send(client).status_code == 201


def test_while_the_first_runs_the_second_is_told_so(api, team):
    client = api(team.owner, team=team)
    inner = []

    def meanwhile(name):
        if not inner:
            inner.append("once")
            inner.append(send(client))

    toy.set_refusal(meanwhile)
    first = send(client)

    assert first.status_code == 201
    assert inner[1].status_code == 409
    assert inner[1].json()["error"]["code"] == "idempotency.in_progress"
    assert inner[1].headers["Retry-After"] == "1"
    assert toy.calls == ["a"]


def test_a_process_that_died_frees_the_key_when_its_lease_ends(api, team):
    client = api(team.owner, team=team)
    send(client)
    IdempotencyRecord.objects.update(state="running", status=None, lease_until=timezone.now() - timedelta(seconds=1))

    assert send(client).json() == {"call": 2}


def test_after_a_day_the_key_is_new(api, team):
    client = api(team.owner, team=team)
    send(client)
    IdempotencyRecord.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert send(client, body={"other": 1}).json() == {"call": 2}


def test_a_202_shows_its_job_as_it_is_now(api, team, register, run_jobs):
    register("test.work", lambda run: {"ok": True})
    client = api(team.owner, team=team)

    first = send(client, name="job")
    run_jobs()
    again = send(client, name="job")

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["job"]["state"] == "queued"
    assert again.json()["job"]["state"] == "succeeded"
    assert again.json()["job"]["result"] == {"ok": True}
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.headers["X-Credits-Held"] == "25"
    assert toy.calls == ["job"]
