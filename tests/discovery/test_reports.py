"""The report: what it says, how it is cached, and what changes it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.discovery.selectors import get_report
from apps.discovery.selectors.reports import build_report, find_report_key
from apps.profiles.metrics import list_definitions
from apps.profiles.models import Post, Profile, Snapshot
from apps.teams.access import enter_team

PATH = "/api/v1/instagram/profile/maya"


def queries_of(client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries if "discovery_" in query["sql"] or "profiles_" in query["sql"]]


def test_a_hot_report_asks_no_creator_table(client, unlocked):
    unlocked()
    client.get(PATH)

    assert queries_of(client, PATH) == []


def test_numbers_are_what_was_stored(client, unlocked):
    unlocked(followers=10_000)

    report = client.get(PATH).json()

    rate = report["metrics"]["engagement_rate.followers.median"]
    # Likes 100, 200, 300, 400 and 10 comments each on 10,000 followers: 1.1, 2.1, 3.1, 4.1 %.
    assert (rate["value"], rate["unit"], rate["status"]) == (2.6, "percent", "computed")
    assert rate["sample"]["size"] == 4
    assert [post["likes"] for post in report["posts"]] == [100, 200, 300, 400]
    assert report["posts"][0]["engagement_rate"]["value"] == 1.1
    assert report["following"] == 100
    assert report["stale"] is False


def test_hidden_likes_are_null_and_never_zero(client, unlocked):
    profile = unlocked()
    Post.objects.filter(profile=profile).update(likes=None, likes_hidden=True)
    profile.version += 1
    profile.save()

    report = get_json(client)

    assert {post["likes"] for post in report["posts"]} == {None}
    assert report["metrics"]["likes.mean"]["value"] is None
    assert report["posts"][0]["engagement_rate"]["status"] == "unavailable"


def get_json(client):
    return client.get(PATH).json()


def test_a_saved_change_is_seen_at_once(client, unlocked, django_capture_on_commit_callbacks):
    profile = unlocked()
    before = client.get(PATH)

    with django_capture_on_commit_callbacks(execute=True):
        profile.followers, profile.version = 20_000, profile.version + 1
        profile.save()
    after = client.get(PATH, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert after.json()["followers"] == 20_000
    assert after.headers["ETag"] != before.headers["ETag"]


def test_the_same_bytes_serve_every_team(team, other_team, unlocked):
    unlocked("maya")
    with enter_team(team):
        key = find_report_key("maya")
    with enter_team(other_team):
        assert find_report_key("maya") is None
    from apps.discovery.services.unlocking import unlock_profile

    with enter_team(other_team):
        unlock_profile(team=other_team, member=other_team.owner, username="maya")
        other = find_report_key("maya")

    assert key is not None
    assert other is not None
    assert key.state == other.state
    assert key.unlocked_at != other.unlocked_at


def test_a_handle_that_went_to_somebody_else_leads_to_nobodys_report(client, unlocked):
    profile = unlocked("maya")
    client.get(PATH)
    profile.handle_lost_at = timezone.now()
    profile.username = "maya.old"
    profile.save()
    from apps.discovery.selectors.reports.keys import forget_state

    forget_state(profile.pk)

    answer = client.get(PATH)

    assert answer.status_code != 200


def test_growth_has_one_point_a_day(unlocked):
    profile = unlocked()
    now = timezone.now()
    for hours in (1, 2, 49):
        at = now - timedelta(hours=hours, minutes=30)
        Snapshot.objects.create(profile=profile, taken_at=at, followers=hours, source="sandbox")

    series = build_report(Profile.objects.get(pk=profile.pk))["growth"]["series"]

    days = [point["at"][:10] for point in series]
    assert len(days) == len(set(days))
    assert series == sorted(series, key=lambda point: point["at"])


def test_what_a_reader_must_know_is_said(unlocked):
    profile = unlocked(flags=["likes_above_followers"], stale_since=timezone.now(), unavailable_at=None)

    codes = [notice["code"] for notice in build_report(profile)["notices"]]

    assert codes == ["synthetic", "stale", "implausible"]


def test_what_looks_implausible_is_said_in_words(unlocked):
    profile = unlocked(flags=["likes_above_followers", "biography_cut"])

    [notice] = [notice for notice in build_report(profile)["notices"] if notice["code"] == "implausible"]

    assert notice["message"] == (
        "Posts have more likes on average than the account has followers. "
        "The text of biography was longer than anything Instagram allows and was cut."
    )


def test_the_numbers_of_growth_say_how_they_came_to_be(unlocked):
    growth = build_report(unlocked())["growth"]

    numbers = set(growth["series"][0]) - {"at", "posts_sampled"}
    assert set(growth["methods"]) == numbers
    known = {definition.method for definition in list_definitions()}
    assert set(growth["methods"].values()) <= known
    assert growth["methods"]["median_views"] == "avg.views.median.v1"


def test_pages_get_the_same_report_as_the_api(client, team, unlocked):
    profile = unlocked()
    with enter_team(team):
        report = get_report(profile)

    assert report == client.get(PATH).json()


@pytest.mark.parametrize("tag", ["*", 'W/"a", {}', "{}"])
def test_not_modified(client, unlocked, tag):
    unlocked()
    etag = client.get(PATH).headers["ETag"]

    assert client.get(PATH, headers={"If-None-Match": tag.format(etag)}).status_code == 304
