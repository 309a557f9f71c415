"""Comments as a team reads them: of posts it has, and summed up for creators it has."""

import pytest

from apps.discovery.models import PostUnlock
from apps.profiles.models import Comment, Post
from apps.teams.access import enter_team
from tests.discovery.creators import build_creator
from tests.discovery.test_insight import add_comments
from tests.flows import oracle

ROOT = "/api/v1/instagram"
SUMS = f"{ROOT}/profile/maya/comments/sentiment"


def test_a_locked_creators_comments_have_their_price(client):
    add_comments(build_creator())

    one, sums = client.get(f"{ROOT}/posts/maya0/comments"), client.get(SUMS)

    assert (one.status_code, one.json()["error"]["code"]) == (402, "profile.locked")
    details = one.json()["error"]["details"]
    assert (details["quote"]["action"], details["post_quote"]["action"]) == ("influencer_unlock", "post_analytics")
    assert (sums.status_code, sums.json()["error"]["code"]) == (402, "profile.locked")


def test_a_post_that_is_not_there_is_404(client):
    answer = client.get(f"{ROOT}/posts/nothing/comments")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "post.not_found")


def test_comments_are_pages_newest_first_with_what_they_are_like(client, unlocked):
    profile = unlocked(posts=3)
    add_comments(profile, 90)
    Comment.objects.create(
        post=profile.posts.get(shortcode="maya0"), external_id="mail", text="write me: a.b@c.example", likes=3
    )

    first = client.get(f"{ROOT}/posts/maya0/comments?page_size=20").json()
    second = client.get(first["next"]).json()

    rows = first["results"] + second["results"]
    assert (len(first["results"]), len(rows), second["next"]) == (20, 31, None)
    assert len({row["id"] for row in rows}) == 31
    assert rows[-1] == {
        "id": "mail", "parent_id": None, "author": "", "by_creator": False, "text": "write me: •••@•••",
        "written_at": None, "likes": 3, "replies": None, "kind": "substantive", "is_relevant": True, "analysis": None,
    }  # fmt: skip


def test_a_post_bought_by_itself_is_readable_and_the_others_are_not(client, team):
    profile = build_creator()
    add_comments(profile, 8)
    with enter_team(team):
        post = Post.objects.get(shortcode="maya1")
        PostUnlock.objects.create(post=post, member=team.owner, hold_key="k")

    assert client.get(f"{ROOT}/posts/maya1").json()["username"] == "maya"
    assert len(client.get(f"{ROOT}/posts/maya1/comments").json()["results"]) == 2
    assert client.get(f"{ROOT}/posts/maya0").status_code == 402
    assert client.get(f"{ROOT}/posts/maya0/comments").status_code == 402


def test_another_teams_purchase_opens_nothing(api, other_team, unlocked):
    add_comments(unlocked())

    answer = api(other_team.owner, team=other_team).get(f"{ROOT}/posts/maya0/comments")

    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "profile.locked")


def test_the_sums_say_what_they_rest_on(client, unlocked):
    add_comments(unlocked())

    body = client.get(SUMS).json()

    assert (body["state"], body["coverage"]) == ("ready", {"posts": 4, "comments": 40, "of": 40, "reason": ""})
    metrics = oracle.list_metrics(body)
    assert len(metrics) == 10
    assert [(path, fault) for path, metric in metrics if (fault := oracle.find_fault(metric))] == []
    assert body["metrics"]["comments.relevance"]["value"] == 100.0
    assert body["metrics"]["comments.sentiment.mean"]["reason"] == "The comments have not been analysed yet."


def test_without_texts_no_number_is_made_up(client, unlocked):
    unlocked()

    body = client.get(SUMS).json()

    assert body["state"] == "unavailable"
    assert body["coverage"] == {"posts": 0, "comments": 0, "of": 40, "reason": "their text has not been read yet."}
    assert {metric["value"] for metric in body["metrics"].values()} == {None}


@pytest.mark.parametrize("handle", ["maya.slowtravel"])
def test_after_an_unlock_the_comments_are_read_and_labelled(client, run_jobs, settings, handle):
    settings.PROFILE_SOURCES, settings.COMMENTS_POSTS = ["sandbox"], 6
    settings.ENABLE_AI_ANALYSIS, settings.AI_ENGINES = True, ["rules"]
    path = f"{ROOT}/profile/{handle}"
    client.post(f"{path}/unlock", {}, format="json", headers={"Idempotency-Key": "key-of-this-unlock"})

    run_jobs()

    body = client.get(f"{path}/comments/sentiment").json()
    assert body["state"] == "ready"
    assert (body["coverage"]["posts"], body["coverage"]["comments"] > 100) == (6, True)
    assert {metric["status"] for metric in body["metrics"].values()} == {"computed", "estimated"}
    assert 0 < body["metrics"]["comments.sentiment.mean"]["value"] < 1
    reasons = {row["code"]: row["state"] for row in client.get(f"{path}/authenticity").json()["reasons"]}
    assert {reasons[code] for code in ("comments_duplicate", "comments_empty", "comments_same_few")} == {"clear"}
