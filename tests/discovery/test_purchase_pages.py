"""The pages of contact addresses and post analytics: the price first, then what was bought."""

import pytest
from django.test import Client

from apps.discovery.models import EmailUnlock, PostUnlock
from apps.teams.access import enter_team
from tests.discovery.creators import build_creator
from tests.discovery.test_post_analytics import build_read_post

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def member(team) -> Client:
    client = Client()
    client.force_login(team.owner)
    return client


@pytest.fixture
def base(team) -> str:
    return f"/t/{team.slug}"


def test_addresses_are_priced_bought_and_shown(member, base, team):
    build_creator(business_email="office@example.com")
    path = f"{base}/creators/maya/contacts"

    locked = member.get(f"{base}/creators/maya/").content.decode()
    price = member.get(f"{path}/quote/", headers=FRAGMENT).content.decode()
    with enter_team(team):
        assert not EmailUnlock.objects.exists()
    bought = member.post(f"{path}/", {"max_credits": "0"}, headers=FRAGMENT)
    shown = member.get(f"{base}/creators/maya/").content.decode()

    assert "At least one address is known" in locked
    assert "office@example.com" not in locked + price
    assert "This uses 1 of 250" in price
    assert bought["HX-Redirect"] == f"{base}/creators/maya/"
    assert "office@example.com" in shown


def test_no_address_is_said_and_not_sold(member, base, team):
    build_creator()

    answer = member.post(f"{base}/creators/maya/contacts/", {"max_credits": "10"}, headers=FRAGMENT)

    assert "No address is known" in answer.content.decode()
    with enter_team(team):
        assert not EmailUnlock.objects.exists()


def test_a_post_is_priced_bought_and_shown(member, base, team):
    build_read_post()
    path = f"{base}/posts/maya1"

    locked = member.get(f"{path}/").content.decode()
    price = member.get(f"{path}/quote/", headers=FRAGMENT).content.decode()
    with enter_team(team):
        assert not PostUnlock.objects.exists()
    bought = member.post(f"{path}/buy/", {"max_credits": "0"}, headers=FRAGMENT)
    page = member.get(f"{path}/").content.decode()

    assert "remark 3 about the lake" not in locked + price
    assert "This uses 1 of 125" in price
    assert bought["HX-Redirect"] == f"{path}/"
    assert "remark 3 about the lake" in page
    assert "of the usual" in page
    assert "maya1" in member.get(f"{base}/posts/").content.decode()


def test_an_address_leads_to_its_post_and_nonsense_is_refused(member, base):
    good = member.post(f"{base}/posts/", {"address": "https://www.instagram.com/p/maya1/"})
    bad = member.post(f"{base}/posts/", {"address": "no post!"})

    assert (good.status_code, good["Location"]) == (302, f"{base}/posts/maya1/")
    assert bad.status_code == 400
    assert "neither the address" in bad.content.decode()
    assert member.get(f"{base}/posts/no!/").status_code == 404


def test_a_post_never_seen_is_read_by_a_job_that_the_page_follows(member, base, settings):
    settings.PROFILE_SOURCES = ["sandbox"]

    member.post(f"{base}/posts/WantedPost1/buy/", {"max_credits": "0"}, headers=FRAGMENT)
    page = member.get(f"{base}/posts/WantedPost1/").content.decode()

    assert "Waiting for its turn" in page
    assert "/jobs/" in page
