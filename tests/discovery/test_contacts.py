"""Contact addresses: masked until bought, bought once, never sold where none is known."""

import json

import pytest

from apps.credits.models import Entry
from apps.credits.selectors import compute_balance
from apps.discovery.models import EmailUnlock
from apps.profiles.models import Profile
from apps.profiles.selectors import list_contacts
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan
from tests.discovery.creators import build_creator

ROOT = "/api/v1/instagram/profile/maya"
ADDRESSES = {
    "biography": "Collabs: maya (at) example (dot) com, or Office@Example.com",
    "biography_email": "office@example.com",
    "business_email": "office@example.com",
    "business_phone": "+49 170 1234567",
    "links": [{"title": "mail", "url": "mailto:shop@example.com?subject=hi"}],
}


def buy(client, key="key-of-this-act", **body):
    return client.post(f"{ROOT}/email/unlock", body, format="json", headers={"Idempotency-Key": key})


@pytest.fixture
def credits_only(team):
    return change_plan(team, allowances={}, monthly_credits=25)


def captures() -> list[int]:
    return list(Entry.objects.filter(kind=Entry.Kind.CAPTURE).values_list("amount", flat=True))


def test_every_address_once_with_where_it_was_found():
    profile = Profile(username="maya", full_name="Maya", **ADDRESSES)

    assert list_contacts(profile) == [
        {"address": "office@example.com", "found_in": ["business", "biography"]},
        {"address": "maya@example.com", "found_in": ["biography"]},
        {"address": "shop@example.com", "found_in": ["link"]},
    ]


def test_until_bought_no_answer_holds_an_address(client, unlocked, api, team):
    unlocked(**ADDRESSES)

    shown = [client.get(ROOT), client.get(f"{ROOT}/email"), client.get("/api/v1/discovery/unlocked")]
    shown += [client.get(f"{ROOT}/{part}") for part in ("content", "brands", "comments/sentiment", "posts")]

    assert shown[1].status_code == 402
    assert shown[1].json()["error"]["details"]["available"] is True
    for answer in shown:
        text = json.dumps(answer.json())
        assert "example.com" not in text.lower()
        assert "1234567" not in text


def test_bought_they_are_shown_whole_and_paid_once(client, credits_only):
    build_creator(**ADDRESSES)

    first, again = buy(client), buy(client, "another-key-1")

    assert (first.status_code, first.headers["X-Credits-Charged"]) == (201, "10")
    assert [row["address"] for row in first.json()["emails"]] == [
        "office@example.com", "maya@example.com", "shop@example.com",
    ]  # fmt: skip
    assert (first.json()["phone"], first.json()["charge"]["credits"]) == ("+49 170 1234567", 10)
    assert (again.status_code, again.headers["X-Credits-Charged"], again.json()["charge"]["units"]) == (200, "0", 0)
    read = client.get(f"{ROOT}/email").json()
    assert read["emails"] == first.json()["emails"]
    assert "maya (at) example" in read["biography"]
    with enter_team(credits_only):
        assert captures() == [-10]
        assert (EmailUnlock.objects.count(), compute_balance()["balance"]) == (1, 15)


def test_the_allowance_of_the_plan_pays_first(client, team):
    build_creator(**ADDRESSES)

    answer = buy(client)

    assert (answer.status_code, answer.headers["X-Credits-Charged"]) == (201, "0")
    assert answer.json()["charge"]["draws"] == [{"source": "allowance", "units": 1, "credits": 0}]


def test_where_none_is_known_nothing_is_charged_and_it_can_be_bought_later(client, credits_only):
    profile = build_creator(biography="no address here")

    hollow = buy(client)
    assert (hollow.status_code, hollow.json()["code"], hollow.headers["X-Credits-Charged"]) == (
        200,
        "report.limited",
        "0",
    )
    assert [reason["code"] for reason in hollow.json()["reasons"]] == ["no_address"]
    assert client.get(f"{ROOT}/email").json()["error"]["details"]["available"] is False
    with enter_team(credits_only):
        assert (captures(), EmailUnlock.objects.count(), compute_balance()["held"]) == ([], 0, 0)

    profile.business_email = "office@example.com"
    profile.save()
    assert buy(client, "another-key-1").status_code == 201


def test_refusals_change_nothing(client, credits_only, free_team, api):
    build_creator(**ADDRESSES)
    free = api(free_team.owner, team=free_team)

    answers = [
        (client.post(f"{ROOT}/email/unlock", {}, format="json"), 400, "idempotency.key_required"),
        (buy(free), 403, "plan.feature_not_included"),
        (buy(client, "key-number-1", max_credits=9), 409, "price.changed"),
        (client.post("/api/v1/instagram/profile/no%20name/email/unlock", {}, headers={"Idempotency-Key": "k-2345678"}),
         400, "profile.username_invalid"),
    ]  # fmt: skip

    assert [(answer.status_code, answer.json()["error"]["code"]) for answer, *_ in answers] == [
        (status, code) for _, status, code in answers
    ]
    with enter_team(credits_only):
        assert (captures(), EmailUnlock.objects.count(), compute_balance()["available"]) == ([], 0, 25)


def test_without_means_it_is_402_with_what_is_missing(client, team):
    change_plan(team, allowances={}, monthly_credits=9)
    build_creator(**ADDRESSES)

    answer = buy(client)

    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "credits.insufficient")
    with enter_team(team):
        assert not EmailUnlock.objects.exists()


def test_another_team_has_nothing_of_it(client, api, other_team):
    build_creator(**ADDRESSES)
    assert buy(client).status_code == 201

    theirs = api(other_team.owner, team=other_team).get(f"{ROOT}/email")

    assert (theirs.status_code, theirs.json()["error"]["code"]) == (402, "email.locked")


def test_a_creator_never_seen_is_looked_up_first(client, run_jobs, settings):
    settings.PROFILE_SOURCES = ["sandbox"]
    path = "/api/v1/instagram/profile/maya.slowtravel/email/unlock"

    first = client.post(path, {}, format="json", headers={"Idempotency-Key": "key-number-1"})
    run_jobs()
    second = client.post(path, {}, format="json", headers={"Idempotency-Key": "key-number-2"})

    assert (first.status_code, first.json()["job"]["kind"]) == (202, "discovery.lookup")
    assert second.status_code in {200, 201}
    assert second.json()["charge"]["credits"] == 0
