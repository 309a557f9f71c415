"""Posts of unlocked creators: pages, filters, the stream, one by its shortcode."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.profiles.models import Post
from tests.discovery.creators import build_creator

PATH = "/api/v1/instagram/profile/maya/posts"


@pytest.fixture
def posts(unlocked):
    profile = unlocked(posts=6)
    rows = list(Post.objects.filter(profile=profile).order_by("-taken_at"))
    Post.objects.filter(pk=rows[0].pk).update(type="reel", caption="Sunset run #ad")
    Post.objects.filter(pk=rows[1].pk).update(is_sponsored=True, caption="غروب الشمس")
    Post.objects.filter(pk=rows[2].pk).update(taken_at=None)
    return rows


def codes(answer):
    return [post["shortcode"] for post in answer.json()["results"]]


def test_pages_are_newest_first_and_end(client, posts):
    first = client.get(f"{PATH}?page_size=4")
    second = client.get(first.json()["next"])

    assert codes(first) == ["maya0", "maya1", "maya3", "maya4"]
    assert codes(second) == ["maya5", "maya2"]
    assert second.json()["next"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=reel", ["maya0"]),
        ("type=reel,photo&page_size=2", ["maya0", "maya1"]),
        ("sponsored=true", ["maya0", "maya1"]),
        ("sponsored=false", ["maya3", "maya4", "maya5", "maya2"]),
        ("q=SUNSET", ["maya0"]),
        ("q=الشمس", ["maya1"]),
        ("language=xx", []),
    ],
)
def test_filters(client, posts, query, found):
    assert codes(client.get(f"{PATH}?{query}")) == found


@pytest.mark.parametrize("query", ["type=story", "sponsored=perhaps", "q=" + "x" * 201])
def test_nonsense_filters_are_400(client, posts, query):
    assert client.get(f"{PATH}?{query}").status_code == 400


def test_a_list_has_an_etag_of_its_own_filters(client, posts):
    plain, reels = client.get(PATH), client.get(f"{PATH}?type=reel")

    assert plain.headers["ETag"] != reels.headers["ETag"]
    assert client.get(PATH, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


def test_the_stream_gives_every_post_a_line(client, posts):
    answer = client.get(f"{PATH}/stream", headers={"Accept": "application/x-ndjson"})
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]

    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert [line["shortcode"] for line in lines] == ["maya0", "maya1", "maya3", "maya4", "maya5", "maya2"]
    assert lines[0]["is_sponsored"] is True


def test_one_post_by_its_shortcode(client, posts):
    answer = client.get("/api/v1/instagram/posts/maya3")

    assert answer.status_code == 200
    assert (answer.json()["username"], answer.json()["likes"]) == ("maya", 400)


def test_a_locked_creators_post_and_an_unknown_one(client, api, other_team, posts):
    stranger = api(other_team.owner, team=other_team)

    assert stranger.get("/api/v1/instagram/posts/maya3").status_code == 402
    unknown = stranger.get("/api/v1/instagram/posts/none")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "post.not_found")


@pytest.mark.parametrize("shortcode", ["%00", "a%00b", "%E2%80%AE", "a" * 5_000, "%27", "a%20b"])
def test_what_cannot_be_a_shortcode_is_not_found(client, posts, shortcode):
    answer = client.get(f"/api/v1/instagram/posts/{shortcode}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "post.not_found")


def test_a_joint_post_is_read_in_the_report_that_the_team_has(client, unlocked):
    owner, partner = build_creator("owner.of.it"), unlocked("partner")
    joint = {"shortcode": "JOINT000001", "owner_external_id": owner.external_id, "likes": 7}
    Post.objects.filter(profile=owner, external_id="owner.of.it-0").update(**joint)
    Post.objects.filter(profile=partner, external_id="partner-0").update(**joint)

    answer = client.get("/api/v1/instagram/posts/JOINT000001")

    assert (answer.status_code, answer.json()["username"]) == (200, "partner")


def test_a_page_costs_the_same_for_many(client, unlocked):
    unlocked("few", posts=4)
    unlocked("many", posts=20)

    def count(name: str) -> int:
        client.get(f"/api/v1/instagram/profile/{name}/posts")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/instagram/profile/{name}/posts")
        return len(queries)

    assert count("few") == count("many")
