"""Any real Instagram user object gives a right report: recomputed from the payload by an oracle of its own.

A server on loopback speaks Decodo's v2 envelope; everything else goes through the HTTP API, as a customer would.
"""

import copy
import json

import pytest

from tests.support.demanding import DATA, demand

from . import accounts, oracle

USERS = accounts.list_users(DATA) if DATA.is_dir() else {}


@pytest.fixture
def brand(customer, team):
    return customer(team)


def money(brand):
    """What must not move without a report: balance, allowances, and the sum of all entries."""
    allowances = brand.client.get("/api/v1/credits/allowances").json()["results"]
    entries = brand.transactions()
    return brand.balance(), allowances, sum(row["amount"] for row in entries), sum(row["held_delta"] for row in entries)


def check(brand, fake, user, *, as_text=False):
    """Look up, unlock, and hold the outcome against the oracle. Returns the report, or None where there is none."""
    fake.as_text = as_text
    name = fake.add(copy.deepcopy(user))
    locked = brand.look_up(name)
    assert locked.status_code == 402, locked.content
    preview = locked.json()["error"]["details"]["preview"]
    assert {key: preview[key] for key in ("followers", "posts_count")} == {
        key: value for key, value in oracle.expect_account(user).items() if key != "following"
    }
    before = money(brand)

    first, job = brand.unlock(name)

    if not oracle.is_worth_its_price(user):
        body = job["result"] if job else first.json()
        assert (body["code"], money(brand)) == ("report.limited", before)
        assert brand.look_up(name).status_code == 402
        return None
    assert first.status_code in {201, 202}, first.content
    report = brand.look_up(name).json()
    assert oracle.find_faults(user, report) == []
    assert len(brand.transactions()) > 0
    assert money(brand) != before
    return report


def test_the_shared_payloads_are_there():
    demand(USERS, str(DATA))


@pytest.mark.parametrize("name", USERS)
def test_every_payload_of_the_shared_data(brand, fake, name):
    check(brand, fake, USERS[name])


@pytest.mark.parametrize("name", accounts.INVENTED)
def test_every_account_that_can_be_thought_of(brand, fake, name):
    check(brand, fake, accounts.INVENTED[name])


def test_content_as_json_inside_a_string(brand, fake):
    check(brand, fake, accounts.INVENTED["captions"], as_text=True)


def test_every_way_of_reading_posts_gives_the_same(brand, fake):
    user = accounts.INVENTED["captions"]
    report = check(brand, fake, user)
    pages, address = [], f"/api/v1/instagram/profile/{user['username']}/posts?page_size=7"
    while address:
        page = brand.client.get(address).json()
        pages += page["results"]
        address = page["next"]
    stream = brand.part(user["username"], "posts/stream")
    lines = [json.loads(line) for line in b"".join(stream.streaming_content).splitlines()]

    assert pages == lines == report["posts"]
    for post in pages:
        single = brand.client.get(f"/api/v1/instagram/posts/{post['shortcode']}").json()
        assert single.pop("username") == user["username"]
        assert single == post


@pytest.mark.parametrize("part", ["growth", "content", "brands"])
def test_no_metric_without_provenance_in_any_part(brand, fake, part):
    check(brand, fake, accounts.INVENTED["reels"])

    answer = brand.part("someone", part).json()

    metrics = oracle.list_metrics(answer)
    assert metrics
    assert [(path, fault) for path, metric in metrics if (fault := oracle.find_fault(metric))] == []


def test_a_private_account_is_a_preview_that_cannot_be_bought(brand, fake):
    name = fake.add(accounts.make_account([], is_private=True))
    shown, before = brand.look_up(name), money(brand)

    refused = brand.ask_unlock(name)

    assert (shown.status_code, shown.json()["is_private"]) == (200, True)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "profile.private")
    assert money(brand) == before


def test_the_oracle_sees_what_is_wrong(brand, fake):
    """Its own canary: a report that differs in one number is found out."""
    user = accounts.INVENTED["twelve posts"]
    report = check(brand, fake, user)
    report["metrics"]["likes.mean"]["value"] += 0.01
    report["posts"][0]["caption"] += " "
    del report["metrics"]["views.mean"]["sample"]

    assert len(oracle.find_faults(user, report)) == 3
