"""Links to reports: who makes them, what they show, and when they end."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from apps.discovery.models import Unlock
from apps.profiles.models import Profile
from apps.teams.access import enter_team
from apps.teams.models import ShareLink, Team
from tests.discovery.creators import build_creator

ROOT = "/api/v1/instagram/profile/maya/share"


def make_link(client, **body) -> dict:
    answer = client.post(ROOT, body, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def open_link(url: str):
    """As somebody without an account, from the link alone."""
    return Client().get(urlsplit(url).path)


def test_whoever_has_the_link_reads_the_report_and_nothing_of_the_team(client, unlocked, team):
    unlocked("maya", business_email="me@creator.example")
    made = make_link(client)

    page = open_link(made["url"])

    text = page.content.decode()
    assert page.status_code == 200
    assert "@maya" in text
    assert "er.followers.median.v1" in text
    for word in (team.name, team.slug, team.owner.email, "me@creator.example", "Unlocked"):
        assert word not in text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_only_the_hash_of_the_token_is_stored_and_readings_are_counted(client, unlocked):
    unlocked("maya")
    made = make_link(client, days=7)
    token = urlsplit(made["url"]).path.split("/")[2]
    open_link(made["url"])

    link = ShareLink.objects.get()
    listed = client.get(ROOT).json()["results"]

    assert token not in str(ShareLink.objects.values().get())
    assert len(link.token_hash) == 64
    assert timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timedelta(days=7)
    assert [(row["id"], row["state"], row["opened"]) for row in listed] == [(made["id"], "active", 1)]
    assert "url" not in listed[0]


def end_by_revoking(client, made):
    assert client.delete(f"{ROOT}/{made['id']}").status_code == 204
    assert client.delete(f"{ROOT}/{made['id']}").status_code == 204


def end_by_time(client, made):
    ShareLink.objects.update(expires_at=timezone.now())


def end_by_removing_the_creator(client, made):
    Profile.objects.update(suppressed_at=timezone.now())


def end_by_suspending_the_team(client, made):
    Team.objects.update(state=Team.State.SUSPENDED)


def end_by_losing_the_report(client, made):
    with enter_team(ShareLink.objects.get().team):
        Unlock.objects.all().delete()


@pytest.mark.parametrize(
    "end",
    [
        end_by_revoking,
        end_by_time,
        end_by_removing_the_creator,
        end_by_suspending_the_team,
        end_by_losing_the_report,
    ],
)
def test_a_link_that_ended_is_a_404_like_one_that_never_was(client, unlocked, end):
    unlocked("maya")
    made = make_link(client)
    end(client, made)

    answer = open_link(made["url"])

    assert answer.status_code == 404
    assert "maya" not in answer.content.decode()
    assert open_link("/s/nothing/").status_code == 404


def test_a_member_sees_the_links_and_makes_none(unlocked, client, api, as_member, team):
    unlocked("maya")
    make_link(client)
    member = api(as_member(team, "member"), team=team)

    assert len(member.get(ROOT).json()["results"]) == 1
    assert member.post(ROOT, {}, format="json").status_code == 403
    assert member.delete(f"{ROOT}/{ShareLink.objects.get().pk}").status_code == 403
    assert ShareLink.objects.filter(revoked_at=None).count() == 1


def test_another_team_ends_no_link_of_ours(client, unlocked, api, other_team):
    unlocked("maya")
    made = make_link(client)
    with enter_team(other_team):
        Unlock.objects.create(profile=Profile.objects.get(), member=other_team.owner, hold_key="k")
    stranger = api(other_team.owner, team=other_team)

    assert stranger.get(ROOT).json()["results"] == []
    refused = stranger.delete(f"{ROOT}/{made['id']}")

    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "share.not_found")
    assert open_link(made["url"]).status_code == 200


def test_what_is_not_unlocked_is_not_shared(client):
    build_creator("maya")

    answer = client.post(ROOT, {}, format="json")

    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "profile.locked")
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("days", [0, 366, "soon"])
def test_a_link_works_for_a_day_to_a_year(client, unlocked, days):
    unlocked("maya")

    assert client.post(ROOT, {"days": days}, format="json").status_code == 400
    assert not ShareLink.objects.exists()


def test_twenty_links_work_at_a_time(client, unlocked, team):
    profile = unlocked("maya")
    later = timezone.now() + timedelta(days=1)
    ShareLink.objects.bulk_create(
        ShareLink(
            team=team, maker=team.owner, kind="report", subject_id=profile.pk, token_hash=str(n), expires_at=later
        )
        for n in range(20)
    )

    refused = client.post(ROOT, {}, format="json")
    ShareLink.objects.filter(token_hash="0").update(revoked_at=timezone.now())

    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "share.too_many")
    assert client.post(ROOT, {}, format="json").status_code == 201


def test_readings_from_one_address_are_limited(client, unlocked, settings):
    settings.API_THROTTLE_RATES = {**settings.API_THROTTLE_RATES, "shared": "2/h"}
    unlocked("maya")
    made = make_link(client)

    answers = [open_link(made["url"]) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert ShareLink.objects.get().opened == 2


def test_the_page_shows_a_new_address_once_and_ends_links(team, unlocked):
    unlocked("maya")
    browser = Client()
    browser.force_login(team.owner)
    address = f"/t/{team.slug}/creators/maya/share/"

    made = browser.post(address, {"days": "7"})
    again = browser.get(address)
    link = ShareLink.objects.get()
    ended = browser.post(f"{address}{link.pk}/revoke/")

    assert made.context["address"].startswith("http://testserver/s/")
    assert open_link(made.context["address"]).status_code == 404
    assert made.context["address"] not in again.content.decode()
    assert (ended.status_code, ended.headers["Location"]) == (302, address)
