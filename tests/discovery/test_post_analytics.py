"""Post analytics: any public post, paid once and only where there is enough to read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.credits.models import Entry
from apps.credits.selectors import compute_balance
from apps.discovery.models import PostUnlock
from apps.profiles.models import Comment, Post
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan
from tests.discovery.creators import build_creator
from tests.flows import oracle

ROOT = "/api/v1/instagram/posts"


def buy(client, code="maya1", key="key-of-this-act", **body):
    headers = {"Idempotency-Key": key}
    return client.post(f"{ROOT}/{code}/analytics", body, format="json", headers=headers)


@pytest.fixture
def credits_only(team):
    return change_plan(team, allowances={}, monthly_credits=12)


def build_read_post(posts=6) -> Post:
    """Maya's second post, read today with its ten comments."""
    profile = build_creator(posts=posts)
    post = Post.objects.get(shortcode="maya1")
    Comment.objects.bulk_create(
        Comment(post=post, external_id=f"c{n}", author_username=f"reader{n}", text=f"remark {n} about the lake")
        for n in range(10)
    )
    Post.objects.filter(profile=profile).update(comments_read_at=timezone.now(), comments_asked=200)
    return Post.objects.get(pk=post.pk)


def captures() -> list[int]:
    return list(Entry.objects.filter(kind=Entry.Kind.CAPTURE).values_list("amount", flat=True))


def test_a_post_read_today_is_bought_at_once_and_paid_once(client, credits_only):
    build_read_post()

    first, again = buy(client), buy(client, key="another-key-1")

    assert (first.status_code, first.headers["X-Credits-Charged"]) == (201, "5")
    assert (again.status_code, again.headers["X-Credits-Charged"]) == (200, "0")
    body = first.json()
    assert (body["username"], body["post"]["shortcode"]) == ("maya", "maya1")
    # 200 likes against 100, 300, 400, 500 and 600; ten comments like all others.
    against = {key: metric["value"] for key, metric in body["comparison"].items()}
    assert against == {
        "post.against.likes": 50.0, "post.against.comments": 100.0, "post.against.views": None,
        "post.against.plays": None, "post.against.rank": 20.0,
    }  # fmt: skip
    assert body["comparison"]["post.against.likes"]["sample"]["size"] == 5
    assert body["comments"]["coverage"] == {"posts": 1, "comments": 10, "of": 10, "reason": ""}
    assert len(body["comments"]["results"]) == 10
    faults = [(path, fault) for path, metric in oracle.list_metrics(body) if (fault := oracle.find_fault(metric))]
    assert faults == []
    with enter_team(credits_only):
        assert (captures(), PostUnlock.objects.count(), compute_balance()["balance"]) == ([-5], 1, 7)


def test_what_was_bought_is_read_again_and_nobody_else_reads_it(client, api, team, other_team):
    build_read_post()
    locked = client.get(f"{ROOT}/maya1/analytics")
    bought = buy(client).json()

    mine = client.get(f"{ROOT}/maya1/analytics").json()
    theirs = api(other_team.owner, team=other_team).get(f"{ROOT}/maya1/analytics")

    assert (locked.status_code, locked.json()["error"]["code"]) == (402, "post.locked")
    assert locked.json()["error"]["details"]["quote"]["action"] == "post_analytics"
    assert mine.pop("unlocked_at")
    assert mine == {key: value for key, value in bought.items() if key != "charge"}
    assert (theirs.status_code, theirs.json()["error"]["code"]) == (402, "post.locked")
    assert client.get(f"{ROOT}/maya1").status_code == 200
    assert client.get("/api/v1/instagram/profile/maya").status_code == 402, "the report is another purchase"


@pytest.mark.parametrize("address", ["https://www.instagram.com/p/maya1/?igsh=x", "instagram.com/reel/maya1", "maya1"])
def test_a_post_is_named_by_its_address_too(client, address):
    build_read_post()

    answer = client.post(
        f"{ROOT}/analytics", {"url": address}, format="json", headers={"Idempotency-Key": "key-of-this-act"}
    )

    assert (answer.status_code, answer.json()["post"]["shortcode"]) == (201, "maya1")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"likes": None, "comments": None, "likes_hidden": True, "comments_asked": 0}, "no_counts"),
        ({"comments_refusal": "no_source", "comments": 11}, "comments_unread"),
    ],
)
def test_too_little_to_read_is_not_charged(client, credits_only, change, code):
    post = build_read_post()
    Comment.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(**{"comments_asked": 200, **change})
    Post.objects.filter(pk=post.pk).update(comments_asked=200)

    answer = buy(client)

    assert (answer.status_code, answer.json()["code"], answer.headers["X-Credits-Charged"]) == (
        200,
        "report.limited",
        "0",
    )
    assert [reason["code"] for reason in answer.json()["reasons"]] == [code]
    with enter_team(credits_only):
        assert (captures(), PostUnlock.objects.count(), compute_balance()["held"]) == ([], 0, 0)
    assert client.get(f"{ROOT}/maya1/analytics").status_code == 402


def test_a_post_without_comments_is_worth_its_price(client):
    post = build_read_post()
    Comment.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(comments=0)

    body = buy(client).json()

    assert body["comments"]["metrics"]["comments.kinds"]["reason"] == "Nobody has commented on these posts."


def test_refusals_change_nothing(client, credits_only, free_team, api):
    build_read_post()
    free = api(free_team.owner, team=free_team)

    answers = [
        client.post(f"{ROOT}/maya1/analytics", {}, format="json"), buy(free), buy(client, code="no!"),
        buy(client, key="key-number-1", max_credits=4),
    ]  # fmt: skip

    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in answers] == [
        (400, "idempotency.key_required"), (403, "plan.feature_not_included"), (400, "post.shortcode_invalid"),
        (409, "price.changed"),
    ]  # fmt: skip
    with enter_team(credits_only):
        assert (captures(), PostUnlock.objects.count(), compute_balance()["available"]) == ([], 0, 12)


@pytest.fixture
def apify(settings):
    from tests.fakes.apify import FakeApify

    with FakeApify() as fake:
        settings.PROFILE_SOURCES, settings.APIFY_BASE_URL, settings.APIFY_TOKEN = ["apify"], fake.base_url, "token"
        settings.SOURCE_RETRY_WAIT_SECONDS = settings.APIFY_POLL_SECONDS = 0.0
        settings.JOB_RETRY_SECONDS = 0
        yield fake


def item(code: str, **more) -> dict:
    return {
        "id": str(3_700_000_000_000_000_000 + sum(map(ord, code))), "shortCode": code, "type": "Image",
        "caption": "By the lake",
        "likesCount": 50, "commentsCount": 2, "timestamp": (timezone.now() - timedelta(days=2)).isoformat(),
        "ownerUsername": "someone", "ownerId": "101", **more,
    }  # fmt: skip


def publish(apify, *, comments=2) -> None:
    """A post of a creator nobody here has seen, with others to hold it against."""
    others = [item(f"OtherPost{n:02d}", likesCount=20 * (n + 1)) for n in range(4)]
    apify.add("WantedPost1", "posts", [item("WantedPost1")])
    apify.add("WantedPost1", "comments", [
        {"id": f"c{n}", "text": f"what a lake number {n}", "ownerUsername": f"reader{n}"} for n in range(comments)
    ])  # fmt: skip
    apify.add("someone", "details", [{
        "id": "101", "username": "someone", "fullName": "Some One", "biography": "", "followersCount": 1_000,
        "followsCount": 10, "postsCount": 4, "private": False, "verified": False, "latestPosts": others,
    }])  # fmt: skip


def test_a_post_never_seen_is_read_by_a_job_with_its_creator_and_comments(client, credits_only, apify, run_jobs):
    publish(apify)

    first, twin = buy(client, "WantedPost1"), buy(client, "WantedPost1", key="another-key-1")
    run_jobs()

    assert (first.status_code, first.headers["X-Credits-Held"]) == (202, "5")
    assert (twin.status_code, twin.headers["X-Credits-Held"]) == (202, "0")
    assert twin.json()["job"]["id"] == first.json()["job"]["id"]
    job = client.get(f"/api/v1/jobs/{first.json()['job']['id']}").json()
    assert (job["state"], job["result"]["outcome"], job["result"]["charged"]) == ("succeeded", "unlocked", 5)
    body = client.get(job["result"]["url"]).json()
    assert (body["username"], body["post"]["likes"], len(body["comments"]["results"])) == ("someone", 50, 2)
    assert body["comparison"]["post.against.likes"]["value"] == 100.0
    with enter_team(credits_only):
        assert (captures(), compute_balance()) == (
            [-5], {"balance": 7, "held": 0, "available": 7, "unit": "credits"},
        )  # fmt: skip


def test_a_job_that_finds_too_little_gives_the_price_back(client, credits_only, apify, run_jobs):
    publish(apify, comments=0)

    accepted = buy(client, "WantedPost1")
    run_jobs()

    result = client.get(f"/api/v1/jobs/{accepted.json()['job']['id']}").json()["result"]
    assert (result["outcome"], result["code"], result["charged"]) == ("limited", "report.limited", 0)
    assert [reason["code"] for reason in result["reasons"]] == ["comments_unread"]
    with enter_team(credits_only):
        assert (captures(), compute_balance()["available"]) == ([], 12)


def test_a_post_that_is_not_there_is_404_and_costs_nothing(client, credits_only, apify, run_jobs):
    accepted = buy(client, "NobodyKnows")
    run_jobs()

    job = client.get(f"/api/v1/jobs/{accepted.json()['job']['id']}").json()
    assert (job["state"], job["error"]["code"]) == ("failed", "post.not_found")
    with enter_team(credits_only):
        assert (captures(), compute_balance()["available"]) == ([], 12)


def test_no_source_for_single_posts_is_503_and_costs_nothing(client, credits_only, settings, run_jobs):
    settings.PROFILE_SOURCES, settings.DECODO_API_KEY, settings.JOB_RETRY_SECONDS = ["decodo"], "x", 0

    accepted = buy(client, "WantedPost1")
    run_jobs()

    job = client.get(f"/api/v1/jobs/{accepted.json()['job']['id']}").json()
    assert (job["state"], job["error"]["code"]) == ("failed", "source.unavailable")
    with enter_team(credits_only):
        assert compute_balance()["available"] == 12
