"""Unlocking many creators by one job: each is charged once, partial success is told handle by handle."""

from itertools import count
from typing import Any

import pytest

from apps.credits.models import Entry, Hold
from apps.credits.selectors import compute_balance
from apps.credits.services import grant_credits
from apps.discovery.models import BudgetUse, Unlock
from apps.discovery.services import bulk
from apps.discovery.services.bulk import BULK_KIND, working
from apps.jobs.models import Job
from apps.jobs.services import cancel_job, run_job
from apps.jobs.services.running import claim_job
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan
from tests.credits.laws import assert_laws
from tests.discovery.creators import build_creator

PATH = "/api/v1/instagram/profiles/unlock"
_keys = count(1)


@pytest.fixture(autouse=True)
def sources(settings, monkeypatch) -> None:
    settings.PROFILE_SOURCES = ["sandbox"]
    settings.JOB_TURN_SECONDS = 60
    settings.JOB_RETRY_SECONDS = 0


@pytest.fixture
def credits_only(team):
    """75 credits and no allowance: three unlocks at 25."""
    return change_plan(team, allowances={}, monthly_credits=75)


def ask(client, *usernames: str, key: str = "", **body: Any):
    headers = {"Idempotency-Key": key or f"bulk-{next(_keys)}"}
    return client.post(PATH, {"usernames": usernames, **body} if usernames else body, format="json", headers=headers)


def finish(client, answer) -> dict[str, Any]:
    """Have the worker do the job, and read it as the client does."""
    assert answer.status_code == 202, answer.content
    job_id = answer.json()["job"]["id"]
    run_job(job_id)
    return client.get(f"/api/v1/jobs/{job_id}").json()


def outcomes(result: dict[str, Any]) -> dict[str, str]:
    return {row["username"]: row["outcome"] for row in result["results"]}


def test_each_handle_has_its_own_outcome(client, team, unlocked):
    unlocked("mine")
    for name in ("one", "two"):
        build_creator(name)
    build_creator("closed", is_private=True)
    build_creator("hollow", posts=1)

    answer = ask(client, "mine", "@one", "closed", "nobody.here", "no way!", "hollow", "two", "ONE", "private.person")
    job = finish(client, answer)

    assert job["state"] == "succeeded"
    result = job["result"]
    assert outcomes(result) == {
        "mine": "already_unlocked",
        "one": "unlocked",
        "closed": "private",
        "nobody.here": "not_found",
        "no way!": "invalid",
        "hollow": "limited",
        "two": "unlocked",
        "private.person": "private",
    }
    assert [row["username"] for row in result["results"]][:2] == ["mine", "one"]
    assert (result["requested"], result["unlocked"], result["private"], result["charged"]) == (8, 2, 2, 0)
    assert result["stopped"] is None
    by_name = {row["username"]: row for row in result["results"]}
    assert by_name["one"]["url"] == "/api/v1/instagram/profile/one"
    assert (by_name["nobody.here"]["code"], by_name["nobody.here"]["url"]) == ("profile.not_found", None)
    assert by_name["hollow"]["reasons"][0]["code"] == "too_few_posts"
    with enter_team(team):
        assert set(Unlock.objects.values_list("profile__username", flat=True)) == {"mine", "one", "two"}
        assert not Hold.objects.filter(state=Hold.State.HELD).exists()
        assert_laws()


def test_pasted_text_and_tables_do_as_well(client):
    build_creator("one")
    build_creator("two")

    job = finish(client, ask(client, text="name,handle\nOne,@one\nTwo,https://instagram.com/two/"))

    assert outcomes(job["result"]) == {"one": "unlocked", "two": "unlocked"}


def test_the_quote_takes_the_same_text(client):
    build_creator("one")

    body = client.post("/api/v1/instagram/profiles/quote", {"text": "one\ntwo"}, format="json").json()

    assert {row["username"]: row["state"] for row in body["results"]} == {"one": "locked", "two": "unknown"}
    assert body["quote"]["units"] == 2


def test_when_means_run_out_the_rest_is_left_alone(client, credits_only):
    for number in range(5):
        build_creator(f"creator{number}")

    job = finish(client, ask(client, *(f"creator{number}" for number in range(5))))

    result = job["result"]
    assert job["state"] == "succeeded"
    assert (result["unlocked"], result["not_attempted"], result["charged"]) == (3, 2, 75)
    assert result["stopped"]["code"] == "credits.insufficient"
    assert outcomes(result)["creator3"] == outcomes(result)["creator4"] == "not_attempted"
    with enter_team(credits_only):
        assert compute_balance() == {"balance": 0, "held": 0, "available": 0, "unit": "credits"}
        assert Unlock.objects.count() == 3
        assert_laws()


def test_after_a_top_up_the_same_list_goes_on_where_it_stopped(client, credits_only):
    names = [f"creator{number}" for number in range(4)]
    for name in names:
        build_creator(name)
    finish(client, ask(client, *names))
    with enter_team(credits_only):
        grant_credits(unit="credits", amount=25, origin="adjustment", source_key="more")

    result = finish(client, ask(client, *names))["result"]

    assert (result["already_unlocked"], result["unlocked"], result["charged"]) == (3, 1, 25)


def test_max_credits_bounds_all_together(client, credits_only):
    for name in ("one", "two"):
        build_creator(name)

    refused = ask(client, "one", "two", max_credits=49)
    allowed = finish(client, ask(client, "one", "two", max_credits=50))

    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "price.changed")
    assert allowed["result"]["charged"] == 50


def test_a_price_that_rises_meanwhile_stops_the_work(client, credits_only):
    """Two were quoted within the plan's allowance; when the job runs, one of it is gone."""
    change_plan(credits_only, allowances={"influencer_unlock": 2}, monthly_credits=75)
    for name in ("one", "two", "three"):
        build_creator(name)
    answer = ask(client, "one", "two", max_credits=0)
    client.post("/api/v1/instagram/profile/three/unlock", {}, headers={"Idempotency-Key": "between"})

    result = finish(client, answer)["result"]

    assert (result["unlocked"], result["not_attempted"], result["charged"]) == (1, 1, 0)
    assert result["stopped"]["code"] == "price.changed"


def test_who_can_pay_for_none_is_refused_at_once(client, team):
    change_plan(team, allowances={}, monthly_credits=24)
    build_creator("one")

    answer = ask(client, "one", "unseen.name")

    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "credits.insufficient")
    assert not Job.objects.exists()
    with enter_team(team):
        assert not Hold.objects.exists()


def test_nothing_to_buy_is_answered_at_once(client, unlocked):
    unlocked("mine")

    answer = ask(client, "mine", "no way!")

    assert answer.status_code == 200
    assert outcomes(answer.json()) == {"mine": "already_unlocked", "no way!": "invalid"}
    assert answer.headers["X-Credits-Charged"] == "0"
    assert not Job.objects.filter(kind=BULK_KIND).exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"usernames": []}, "invalid"),
        ({"text": " , "}, "invalid"),
        ({"usernames": [f"creator{number}" for number in range(501)]}, "invalid"),
        ({"text": "\n".join(f"creator{number}" for number in range(501))}, "invalid"),
        ({"usernames": ["no way!", "ä"]}, "profile.username_invalid"),
        ({"usernames": ["one"], "max_credits": -1}, "invalid"),
    ],
)
def test_nonsense_is_400(client, body, code):
    answer = ask(client, **body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert not Job.objects.exists()


def test_a_key_is_required_and_repeats_show_the_job_as_it_is(client):
    build_creator("one")
    assert (
        client.post(PATH, {"usernames": ["one"]}, format="json").json()["error"]["code"] == "idempotency.key_required"
    )

    first = ask(client, "one", key="once")
    finish(client, first)
    again = ask(client, "one", key="once")

    assert again.status_code == 202
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.json()["job"]["state"] == "succeeded"
    assert again.json()["job"]["result"]["unlocked"] == 1


def test_the_same_handles_at_the_same_time_are_one_job(client, api, team, as_member):
    build_creator("one")
    build_creator("two")
    colleague = api(as_member(team), team=team)

    mine, theirs = ask(client, "one", "two"), ask(colleague, "two", "one")

    assert mine.json()["job"]["id"] == theirs.json()["job"]["id"]


def test_a_worker_that_dies_loses_and_repeats_nothing(client, credits_only, monkeypatch):
    for name in ("one", "two", "three"):
        build_creator(name)
    answer = ask(client, "one", "two", "three")
    job = Job.objects.get(pk=answer.json()["job"]["id"])
    read = working.read_sellable

    def die_at_two(username):
        if username == "two":
            raise KeyboardInterrupt
        return read(username)

    monkeypatch.setattr(working, "read_sellable", die_at_two)
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)
    with enter_team(credits_only):
        assert compute_balance() == {"balance": 50, "held": 25, "available": 25, "unit": "credits"}
    monkeypatch.setattr(working, "read_sellable", read)
    Job.objects.update(state=Job.State.QUEUED, lease_until=None)

    result = finish(client, answer)["result"]

    assert (result["unlocked"], result["charged"]) == (3, 75)
    with enter_team(credits_only):
        assert [entry.amount for entry in Entry.objects.filter(kind=Entry.Kind.CAPTURE)] == [-25] * 3
        assert_laws()


def test_a_creator_that_kills_its_worker_twice_is_left_out(client, credits_only, monkeypatch):
    for name in ("one", "poison"):
        build_creator(name)
    answer = ask(client, "poison", "one")
    read = working.read_sellable

    def break_down(username):
        if username == "poison":
            raise RuntimeError("cannot be read")
        return read(username)

    monkeypatch.setattr(working, "read_sellable", break_down)
    for _ in range(2):
        run_job(answer.json()["job"]["id"])

    result = finish(client, answer)["result"]

    assert outcomes(result) == {"poison": "failed", "one": "unlocked"}
    with enter_team(credits_only):
        assert compute_balance() == {"balance": 50, "held": 0, "available": 50, "unit": "credits"}


def test_a_cancelled_job_keeps_what_it_bought_and_gives_the_rest_back(client, credits_only, settings):
    settings.JOB_TURN_SECONDS = 0
    for name in ("one", "two"):
        build_creator(name)
    answer = ask(client, "one", "two")
    job = finish(client, answer)
    assert (job["state"], job["progress"]["done"], job["result"]) == ("queued", 0, None)

    cancel_job(job_id=job["id"])

    shown = client.get(f"/api/v1/jobs/{job['id']}").json()
    assert shown["state"] == "cancelled"
    assert outcomes(shown["result"]) == {"one": "unlocked", "two": "not_attempted"}
    with enter_team(credits_only):
        assert compute_balance() == {"balance": 50, "held": 0, "available": 50, "unit": "credits"}


def test_an_ended_job_holds_nothing(client, credits_only):
    build_creator("one")
    job = Job.objects.get(pk=ask(client, "one").json()["job"]["id"])
    assert claim_job(job.pk) is not None
    with enter_team(credits_only):
        working.place_hold(
            payment=working.Payment(member=credits_only.owner, hold_key=f"unlock:one:{job.pk}"),
            label="one",
            job_id=job.pk,
        )

        bulk.release_holds(job)
        bulk.release_holds(job)

        assert compute_balance()["held"] == 0


def test_unseen_creators_count_against_the_days_budget(client, team, settings):
    settings.LOOKUP_BUDGETS = {"standard": 1}

    result = finish(client, ask(client, "nobody.here", "maya.slowtravel"))["result"]

    assert outcomes(result) == {"nobody.here": "not_found", "maya.slowtravel": "failed"}
    assert result["results"][1]["code"] == "lookup.budget_used"
    with enter_team(team):
        assert BudgetUse.objects.get(kind="lookup").used == 1
        assert not Hold.objects.filter(state=Hold.State.HELD).exists()


def test_the_dashboard_names_the_job_by_its_number(client, team):
    build_creator("one")
    build_creator("two")
    ask(client, "one", "two")

    page = client.get(f"/t/{team.slug}/").content.decode()

    assert "Unlocking 2 creators" in page
