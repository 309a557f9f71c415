"""Look up, see the price, unlock, read: the product's main job, end to end."""

import pytest

from apps.discovery.models import AccessTrail, Unlock
from apps.teams.access import enter_team

NAME = "maya.slowtravel"


def test_from_look_up_to_report(customer, team):
    brand = customer(team)

    pending = brand.client.get(f"/api/v1/instagram/profile/{NAME}")
    assert pending.status_code == 202
    assert pending.json()["job"]["kind"] == "discovery.lookup"
    brand.run_jobs()
    shown = brand.job(pending.json()["job"]["id"])
    assert shown["state"] == "succeeded"
    assert shown["result"]["preview"]["username"] == NAME
    assert shown["result"]["quote"]["allowed"] is True

    locked = brand.look_up(NAME)
    assert locked.status_code == 402
    error = locked.json()["error"]
    assert error["code"] == "profile.locked"
    preview, quote = error["details"]["preview"], error["details"]["quote"]
    assert set(preview) == {
        "username", "full_name", "avatar_url", "is_verified", "category", "followers", "posts_count",
        "engagement_rate", "email_available", "synthetic",
    }  # fmt: skip
    assert preview["synthetic"] is True
    assert quote["draws"] == [{"source": "allowance", "units": 1, "credits": 0}]

    first, job = brand.unlock(NAME)
    if job is None:
        assert first.status_code == 201
    else:
        assert (job["state"], job["result"]["outcome"]) == ("succeeded", "unlocked")

    report = brand.look_up(NAME)
    assert report.status_code == 200
    body = report.json()
    assert body["username"] == NAME
    assert body["followers"] == preview["followers"]
    assert body["metrics"]["engagement_rate.followers.median"]["status"] == "computed"
    assert body["metrics"]["engagement_rate.followers.median"]["method"] == "er.followers.median.v1"
    assert len(body["posts"]) >= 3
    assert body["growth"]["series"][-1]["followers"] == body["followers"]
    assert body["unlocked_at"]
    for metric in body["metrics"].values():
        assert {"value", "unit", "as_of", "status", "method", "sample", "confidence"} <= set(metric)
        assert (metric["value"] is None) == (metric["status"] == "unavailable")


def test_a_creator_just_read_is_unlocked_at_once(customer, team):
    brand = customer(team)
    brand.look_up(NAME)

    answer = brand.ask_unlock(NAME)

    assert answer.status_code == 201
    body = answer.json()
    assert body["charge"] == {
        "action": "influencer_unlock",
        "units": 1,
        "credits": 0,
        "draws": [{"source": "allowance", "units": 1, "credits": 0}],
    }
    assert body["username"] == NAME
    assert answer.headers["X-Credits-Charged"] == "0"
    assert answer.headers["X-Credits-Balance"] == "1000"
    assert answer.headers["X-Request-ID"]


def test_unlocking_again_is_free_and_200(customer, team):
    brand = customer(team)
    brand.look_up(NAME)
    brand.ask_unlock(NAME)
    before = brand.transactions()

    again = brand.ask_unlock(NAME)

    assert again.status_code == 200
    assert again.json()["charge"]["units"] == 0
    assert again.headers["X-Credits-Charged"] == "0"
    assert brand.transactions() == before


def test_the_same_key_replays_the_same_answer(customer, team):
    brand = customer(team)
    brand.look_up(NAME)

    first = brand.ask_unlock(NAME, key="once")
    again = brand.ask_unlock(NAME, key="once")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.headers["X-Credits-Charged"] == first.headers["X-Credits-Charged"]


def test_a_key_is_required(customer, team):
    answer = customer(team).client.post(f"/api/v1/instagram/profile/{NAME}/unlock", {}, format="json")

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "idempotency.key_required"


def test_a_creator_never_seen_is_unlocked_by_a_job(customer, team):
    brand = customer(team)

    answer, job = brand.unlock(NAME)

    assert answer.status_code == 202
    assert answer.headers["X-Credits-Held"] == "0"
    assert answer.headers["Location"] == f"/api/v1/jobs/{job['id']}"
    assert job["state"] == "succeeded"
    assert job["result"] == {
        "username": NAME,
        "outcome": "unlocked",
        "charged": 0,
        "url": f"/api/v1/instagram/profile/{NAME}",
    }
    assert brand.look_up(NAME).status_code == 200


def test_credits_are_held_while_the_job_works(customer, team):
    from tests.credits.conftest import change_plan

    change_plan(team, allowances={})
    brand = customer(team)

    answer = brand.ask_unlock(NAME)
    held = brand.balance()
    brand.run_jobs()
    after = brand.balance()

    assert answer.headers["X-Credits-Held"] == "25"
    assert (held["balance"], held["held"], held["available"]) == (1000, 25, 975)
    assert (after["balance"], after["held"], after["available"]) == (975, 0, 975)
    assert brand.job(answer.json()["job"]["id"])["result"]["charged"] == 25


def test_a_colleague_joins_the_same_job_and_pays_nothing(customer, team, as_member):
    brand, colleague = customer(team), customer(team, as_member(team))

    mine, theirs = brand.ask_unlock(NAME), colleague.ask_unlock(NAME)
    brand.run_jobs()

    assert (mine.status_code, theirs.status_code) == (202, 202)
    assert mine.json()["job"]["id"] == theirs.json()["job"]["id"]
    assert theirs.headers["X-Credits-Held"] == "0"
    assert colleague.look_up(NAME).status_code == 200
    assert len([row for row in brand.transactions() if row["kind"] == "capture"]) == 1


def test_the_report_has_an_etag(customer, team):
    brand = customer(team)
    brand.unlock(NAME)
    report = brand.look_up(NAME)

    same = brand.look_up(NAME, **{"If-None-Match": report.headers["ETag"]})
    other = brand.look_up(NAME, **{"If-None-Match": 'W/"something"'})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
    assert report.headers["Cache-Control"] == "private, no-cache"


def test_the_short_paths_serve_the_same(customer, team):
    brand = customer(team)
    brand.unlock(NAME)

    assert brand.client.get(f"/api/profile/{NAME}").json() == brand.look_up(NAME).json()
    assert brand.client.get(f"/api/profile/{NAME}/posts").json()["results"]


def test_reading_is_logged_once_a_day(customer, team):
    brand = customer(team)
    brand.unlock(NAME)
    brand.look_up(NAME)
    brand.look_up(NAME)

    with enter_team(team):
        trail = AccessTrail.objects.get()
        assert trail.member_id == team.owner.pk
        assert trail.profile_id == Unlock.objects.get().profile_id


def test_another_team_has_to_pay_for_itself(customer, team, other_team):
    customer(team).unlock(NAME)
    stranger = customer(other_team)

    assert stranger.look_up(NAME).status_code == 402
    for part in ("posts", "growth", "content", "brands", "related", "mentions", "analysis", "posts/stream"):
        refused = stranger.part(NAME, part)
        assert refused.status_code == 402, part
        assert refused.json()["error"]["code"] == "profile.locked"
    assert stranger.client.post(f"/api/v1/instagram/profile/{NAME}/refresh").status_code == 402
    with enter_team(other_team):
        assert Unlock.objects.count() == 0


@pytest.mark.parametrize("part", ["posts", "growth", "content", "brands", "related", "mentions", "analysis"])
def test_every_part_of_a_report_answers(customer, team, part):
    brand = customer(team)
    brand.unlock(NAME)

    answer = brand.part(NAME, part)

    assert answer.status_code == 200
    if part != "analysis":
        again = brand.part(NAME, part, **{"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_lists_of_the_team(customer, team):
    brand = customer(team)
    brand.unlock(NAME)
    brand.look_up("ivy.plays")

    unlocked = brand.client.get("/api/v1/discovery/unlocked").json()["results"]
    history = brand.client.get("/api/v1/discovery/history").json()["results"]
    suggested = brand.client.get("/api/v1/discovery/suggest?q=maya").json()["results"]

    assert [row["username"] for row in unlocked] == [NAME]
    assert [row["username"] for row in history] == ["ivy.plays"]
    assert history[0]["outcome"] == "locked"
    assert [(row["username"], row["unlocked"]) for row in suggested] == [(NAME, True)]
