"""Every way a look-up or an unlock can end without a report, and that nobody pays for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.credits.models import MemberCap
from apps.discovery.models import BudgetUse, Unlock
from apps.jobs.models import Job
from apps.profiles.models import AbsentHandle, Profile
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan

NAME = "maya.slowtravel"


def spend_everything(team):
    """A plan that includes nothing and a wallet without credits."""
    return change_plan(team, allowances={}, monthly_credits=0)


def assert_nothing_happened(brand, team, *, unlocks=0):
    assert brand.balance()["held"] == 0
    assert [row for row in brand.transactions() if row["kind"] == "capture"] == []
    with enter_team(team):
        assert Unlock.objects.count() == unlocks


def error_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize("handle", ["not a handle!", "x" * 31, "two..dots", ".dot"])
def test_a_bad_handle_is_400(customer, team, handle):
    brand = customer(team)

    assert error_of(brand.look_up(handle)) == (400, "profile.username_invalid")
    assert error_of(brand.ask_unlock(handle)) == (400, "profile.username_invalid")
    assert Job.objects.count() == 0


@pytest.mark.parametrize("typed", ["@Maya.SlowTravel", "MAYA.slowtravel"])
def test_a_handle_may_be_typed_as_people_do(customer, team, typed):
    brand = customer(team)
    brand.unlock(NAME)

    assert brand.look_up(typed).json()["username"] == NAME


def test_an_unknown_handle_is_404_and_remembered(customer, team):
    brand = customer(team)

    first = brand.look_up("nobody.here")
    jobs = Job.objects.count()
    again = brand.look_up("nobody.here")
    bought = brand.ask_unlock("nobody.here")

    for answer in (first, again, bought):
        assert error_of(answer) == (404, "profile.not_found")
    assert Job.objects.count() == jobs
    assert_nothing_happened(brand, team)

    AbsentHandle.objects.update(concluded_at=timezone.now() - timedelta(minutes=61))
    assert brand.client.get("/api/v1/instagram/profile/nobody.here").status_code == 202


def test_unlocking_an_unknown_handle_fails_with_its_404_and_gives_back(customer, team):
    brand = customer(team)

    answer, job = brand.unlock("nobody.here")

    assert answer.status_code == 202
    assert job["state"] == "failed"
    assert (job["error"]["status"], job["error"]["code"]) == (404, "profile.not_found")
    assert_nothing_happened(brand, team)


def test_a_private_account_shows_its_preview_and_cannot_be_bought(customer, team):
    brand = customer(team)

    seen = brand.look_up("private.person")
    bought = brand.ask_unlock("private.person")

    assert seen.status_code == 200
    assert seen.json()["is_private"] is True
    assert seen.json()["username"] == "private.person"
    assert "posts" not in seen.json()
    assert error_of(bought) == (422, "profile.private")
    assert bought.json()["error"]["details"]["preview"]["is_private"] is True
    assert_nothing_happened(brand, team)


def test_a_private_account_never_seen_fails_with_422(customer, team):
    brand = customer(team)

    _, job = brand.unlock("private.person")

    assert (job["state"], job["error"]["status"], job["error"]["code"]) == ("failed", 422, "profile.private")
    assert_nothing_happened(brand, team)


@pytest.mark.parametrize(("name", "visible"), [("one.post", 1), ("empty.page", 0)])
def test_a_hollow_report_costs_nothing_and_can_be_bought_later(customer, team, name, visible):
    brand = customer(team)

    _, job = brand.unlock(name)
    direct = brand.ask_unlock(name)

    assert job["state"] == "succeeded"
    assert job["result"]["outcome"] == "limited"
    assert job["result"]["charged"] == 0
    assert direct.status_code == 200
    body = direct.json()
    assert body["code"] == "report.limited"
    assert body["preview"]["username"] == name
    assert body["charge"]["credits"] == 0
    assert direct.headers["X-Credits-Charged"] == "0"
    assert [reason["code"] for reason in body["reasons"]] == ["too_few_posts"]
    assert body["reasons"][0]["message"].startswith(f"{visible} of at least 3 posts")
    assert brand.look_up(name).status_code == 402
    assert_nothing_happened(brand, team)


def test_hidden_likes_with_visible_comments_are_enough(customer, team):
    brand = customer(team)

    _, job = brand.unlock("hidden.likes")

    assert job["result"]["outcome"] == "unlocked"
    report = brand.look_up("hidden.likes").json()
    assert all(post["likes"] is None and post["likes_hidden"] for post in report["posts"])
    assert report["metrics"]["engagement_rate.followers.median"]["status"] == "unavailable"


def test_a_source_that_is_down_is_503_and_costs_nothing(customer, team):
    brand = customer(team)

    _, job = brand.unlock("down.source")

    assert (job["state"], job["error"]["status"], job["error"]["code"]) == ("failed", 503, "source.unavailable")
    assert Job.objects.get(pk=job["id"]).dead_at is None
    assert_nothing_happened(brand, team)


def test_a_source_that_fails_half_way_is_asked_again_and_paid_once(customer, team):
    change_plan(team, allowances={})
    brand = customer(team)

    _, job = brand.unlock("flaky.source")

    assert job["result"]["outcome"] == "unlocked"
    assert [row["amount"] for row in brand.transactions() if row["kind"] == "capture"] == [-25]
    assert brand.balance()["held"] == 0


def test_a_stored_report_outlives_its_source(customer, team):
    brand = customer(team)
    brand.unlock(NAME)
    Profile.objects.filter(username=NAME).update(stale_since=timezone.now(), version=99)

    report = brand.look_up(NAME)

    assert report.status_code == 200
    assert report.json()["stale"] is True
    assert "stale" in [notice["code"] for notice in report.json()["notices"]]


def test_a_renamed_creator_is_found_under_both_names(customer, team):
    brand = customer(team)

    _, job = brand.unlock("renamed.before")

    assert job["result"]["username"] == "renamed.after"
    assert brand.look_up("renamed.after").json()["username"] == "renamed.after"


def test_who_cannot_pay_is_told_before_any_work(customer, team):
    spend_everything(team)
    brand = customer(team)
    brand.look_up(NAME)
    jobs = Job.objects.count()

    answer = brand.ask_unlock(NAME)

    assert error_of(answer) == (402, "credits.insufficient")
    assert answer.json()["error"]["details"]["missing"] == {"units": 1, "credits": 25}
    assert Job.objects.count() == jobs
    assert_nothing_happened(brand, team)


def test_existence_comes_before_payment(customer, team):
    spend_everything(team)
    brand = customer(team)

    _, unknown = brand.unlock("nobody.here")
    _, known = brand.unlock(NAME)

    assert (unknown["error"]["status"], unknown["error"]["code"]) == (404, "profile.not_found")
    assert (known["error"]["status"], known["error"]["code"]) == (402, "credits.insufficient")
    assert_nothing_happened(brand, team)


def test_after_a_402_the_same_key_works_once_there_are_credits(customer, team):
    spend_everything(team)
    brand = customer(team)
    brand.look_up(NAME)
    refused = brand.ask_unlock(NAME, key="mine")
    change_plan(team, allowances={"influencer_unlock": 1})

    paid = brand.ask_unlock(NAME, key="mine")

    assert (refused.status_code, paid.status_code) == (402, 201)


def test_the_free_plan_is_told_to_upgrade(customer, free_team):
    change_plan(free_team, allowances={"influencer_unlock": 1})
    brand = customer(free_team)
    brand.look_up(NAME)
    brand.look_up("ivy.plays")

    first, second = brand.ask_unlock(NAME), brand.ask_unlock("ivy.plays")

    assert first.status_code == 201
    assert error_of(second) == (402, "plan.allowance_used")


def test_a_members_cap_comes_before_existence(customer, team, as_member):
    member = as_member(team)
    with enter_team(team):
        MemberCap.objects.create(member=member, unit="influencer_unlock", limit=0)
    brand = customer(team, member)

    answer = brand.ask_unlock("nobody.here")

    assert error_of(answer) == (403, "member.cap_reached")
    assert Job.objects.count() == 0


def test_a_higher_price_than_agreed_is_refused(customer, team):
    change_plan(team, allowances={})
    brand = customer(team)
    brand.look_up(NAME)

    refused = brand.ask_unlock(NAME, body={"max_credits": 24})
    agreed = brand.ask_unlock(NAME, body={"max_credits": 25})

    assert error_of(refused) == (409, "price.changed")
    assert agreed.status_code == 201
    assert agreed.headers["X-Credits-Charged"] == "25"


@pytest.mark.parametrize("wish", ["x", -1, True, 1.5])
def test_nonsense_in_the_body_is_400(customer, team, wish):
    brand = customer(team)

    assert brand.ask_unlock(NAME, body={"max_credits": wish}).status_code == 400
    assert Job.objects.count() == 0


def test_look_ups_have_a_daily_budget(customer, team, settings):
    settings.LOOKUP_BUDGETS = {"standard": 1}
    brand = customer(team)
    brand.look_up(NAME)
    brand.look_up(NAME)

    refused = brand.look_up("ivy.plays")

    assert error_of(refused) == (429, "lookup.budget_used")
    assert 0 < int(refused.headers["Retry-After"]) <= 86_400
    assert (refused.headers["RateLimit-Limit"], refused.headers["RateLimit-Remaining"]) == ("1", "0")
    with enter_team(team):
        assert BudgetUse.objects.get(kind="lookup").used == 1
    assert brand.look_up(NAME).status_code == 402


def test_refreshing(customer, team, settings):
    brand = customer(team)
    brand.unlock(NAME)
    young = brand.client.post(f"/api/v1/instagram/profile/{NAME}/refresh")
    Profile.objects.filter(username=NAME).update(refreshed_at=timezone.now() - timedelta(hours=25))

    started = brand.client.post(f"/api/v1/instagram/profile/{NAME}/refresh")
    joined = brand.client.post(f"/api/v1/instagram/profile/{NAME}/refresh")
    brand.run_jobs()

    assert (young.status_code, young.json()["refresh"]) == (200, "unchanged")
    assert started.status_code == joined.status_code == 202
    assert started.json()["job"]["id"] == joined.json()["job"]["id"]
    assert brand.job(started.json()["job"]["id"])["state"] == "succeeded"
    assert Profile.objects.get(username=NAME).refreshed_at > timezone.now() - timedelta(minutes=5)
    settings.REFRESH_BUDGETS = {"standard": 1}
    Profile.objects.filter(username=NAME).update(refreshed_at=timezone.now() - timedelta(hours=25))
    assert brand.client.post(f"/api/v1/instagram/profile/{NAME}/refresh").status_code == 429


def test_a_cancelled_unlock_gives_its_hold_back(customer, team):
    change_plan(team, allowances={})
    brand = customer(team)
    job = brand.ask_unlock(NAME).json()["job"]

    cancelled = brand.client.post(f"/api/v1/jobs/{job['id']}/cancel")
    brand.run_jobs()

    assert cancelled.json()["state"] == "cancelled"
    assert_nothing_happened(brand, team)
    assert brand.unlock(NAME)[1]["result"]["outcome"] == "unlocked"


def test_a_removed_creator_is_gone_even_where_it_was_unlocked(customer, team):
    brand = customer(team)
    brand.unlock(NAME)
    Profile.objects.filter(username=NAME).update(suppressed_at=timezone.now())

    answer = brand.look_up(NAME)

    assert error_of(answer) == (404, "profile.not_found")
    assert brand.client.get("/api/v1/discovery/unlocked").json()["results"] == []
