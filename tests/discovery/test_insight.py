"""The parts that make a brand choose: who may read them, what they say, and when they are made anew."""

import pytest

from apps.profiles.metrics.pricing import FIRST_RATES
from apps.profiles.models import Comment, Post, SafetyFlag
from apps.profiles.services import publish_rates, renew_flags
from tests.discovery.creators import build_creator
from tests.flows import oracle

ROOT = "/api/v1/instagram/profile/maya"
PARTS = ["authenticity", "pricing", "safety"]


def add_comments(profile, number=40):
    posts = list(Post.objects.filter(profile=profile).order_by("id"))
    Comment.objects.bulk_create(
        Comment(
            post=posts[n % len(posts)],
            external_id=f"c{n}",
            author_username=f"reader{n}",
            text=f"remark {n} about the lake",
            written_at=posts[0].taken_at,
        )
        for n in range(number)
    )


@pytest.mark.parametrize("part", PARTS)
def test_a_locked_creator_answers_with_its_price(client, part):
    build_creator()

    answer = client.get(f"{ROOT}/{part}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "profile.locked")


@pytest.mark.parametrize("part", PARTS)
def test_every_number_has_its_provenance_and_the_etag_holds(client, unlocked, part):
    add_comments(unlocked(posts=8))

    answer = client.get(f"{ROOT}/{part}")
    again = client.get(f"{ROOT}/{part}", headers={"If-None-Match": answer.headers["ETag"]})

    metrics = oracle.list_metrics(answer.json())
    assert len(metrics) >= 2
    assert [(path, fault) for path, metric in metrics if (fault := oracle.find_fault(metric))] == []
    assert again.status_code == 304


def test_the_score_can_be_recomputed_from_the_answer(client, unlocked):
    add_comments(unlocked(posts=8))

    body = client.get(f"{ROOT}/authenticity").json()

    able = [row for row in body["reasons"] if row["state"] != "unavailable"]
    score = 100 - 100 * sum(row["points"] for row in able) / sum(row["weight"] for row in able)
    assert body["score"]["value"] == round(score, 1)
    assert body["score"]["sample"]["size"] == len(able)


def test_a_new_rate_table_is_used_at_once(client, unlocked):
    unlocked(posts=4)
    before = client.get(f"{ROOT}/pricing")

    publish_rates(rates={**FIRST_RATES, "cpm": {**FIRST_RATES["cpm"], "post": [16, 40]}}, note="Dearer")
    after = client.get(f"{ROOT}/pricing", headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert after.json()["rate_table"]["version"] == 2
    old, new = (answer.json()["metrics"]["price.post"]["value"] for answer in (before, after))
    assert (new["low"], new["rate_table"]) == (pytest.approx(2 * old["low"], abs=0.02), 2)


@pytest.fixture
def flagged(unlocked):
    """Maya's four posts: a glass of wine, a casino, a formula, and nothing."""
    profile = unlocked()
    captions = ["A glass of wine", "=HYPERLINK(1) casino", "Wine at the casino", "Tea"]
    for post, caption in zip(Post.objects.filter(profile=profile).order_by("id"), captions, strict=True):
        post.caption = caption
        post.save()
    assert renew_flags(profile) == 4
    assert renew_flags(profile) == 0
    return profile


def test_posts_carry_and_are_filtered_by_their_flags(client, flagged):
    def codes(query):
        return [post["shortcode"] for post in client.get(f"{ROOT}/posts{query}").json()["results"]]

    first = client.get(f"{ROOT}/posts").json()["results"][0]

    assert [(flag["code"], flag["quote"]) for flag in first["safety"]] == [("alcohol", "A glass of wine")]
    assert codes("?flag=alcohol") == ["maya0", "maya2"]
    assert codes("?flag=gambling") == ["maya1", "maya2"]
    assert codes("?flag=any") == ["maya0", "maya1", "maya2"]
    assert client.get(f"{ROOT}/posts?flag=nonsense").status_code == 400


def test_flags_are_exported_without_becoming_formulas(client, flagged):
    body = client.get(f"{ROOT}/safety").json()
    file = client.get(f"{ROOT}/safety?format=csv")

    assert [(row["shortcode"], row["code"]) for row in body["results"]] == [
        ("maya0", "alcohol"), ("maya1", "gambling"), ("maya2", "alcohol"), ("maya2", "gambling"),
    ]  # fmt: skip
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="maya-safety.csv"'
    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert "'=HYPERLINK(1) casino" in lines[2]
    assert client.get(f"{ROOT}/safety?format=pdf").status_code == 400
    assert client.get(f"{ROOT}/safety?flag=nonsense").status_code == 400
    narrowed = client.get(f"{ROOT}/safety?flag=gambling")
    assert [row["shortcode"] for row in narrowed.json()["results"]] == ["maya1", "maya2"]
    assert len(client.get(f"{ROOT}/safety?flag=gambling&format=csv").content.splitlines()) == 3


def test_a_changed_caption_changes_its_flags(flagged):
    post = Post.objects.get(shortcode="maya2")
    post.caption = "Tea at the casino"
    post.save()

    renew_flags(flagged)

    assert list(SafetyFlag.objects.filter(post=post).values_list("code", flat=True)) == ["gambling"]
    assert SafetyFlag.objects.filter(profile=flagged).count() == 3
