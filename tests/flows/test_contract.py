"""What the main job answers is what the OpenAPI schema promises, key by key."""

from typing import Any

import pytest

from tests.flows.customer import ROOT
from tests.support.contract import list_mismatches

CREATOR = "noura.styles"


@pytest.fixture
def visit(customer, team):
    """`visit(method, path, body, **headers)`: the answer, which is as the schema says."""
    client = customer(team).client

    def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = getattr(client, method)(path, body, format="json", headers=headers)
        assert list_mismatches(answer) == [], answer.content.decode()[:2000]
        return answer

    return ask


@pytest.fixture
def unlocked(visit, run_jobs):
    """A creator with many posts, real labels and mentions, unlocked by a job."""
    asked = visit("post", f"{ROOT}/profile/{CREATOR}/unlock", {}, **{"Idempotency-Key": "one"})
    run_jobs()
    job = visit("get", asked.json()["job"]["url"]).json()
    assert (job["state"], job["result"]["outcome"]) == ("succeeded", "unlocked")


def test_a_look_up_and_its_job(visit, run_jobs):
    asked = visit("get", f"{ROOT}/profile/{CREATOR}")
    run_jobs()

    assert visit("get", asked.json()["job"]["url"]).json()["result"]["preview"]["username"] == CREATOR
    assert visit("get", f"{ROOT}/profile/{CREATOR}").status_code == 402


@pytest.mark.parametrize("path", ["", "/posts?page_size=3", "/growth", "/content", "/brands", "/mentions", "/related"])
def test_a_report_and_its_parts(visit, unlocked, path):
    assert visit("get", f"{ROOT}/profile/{CREATOR}{path}").status_code == 200


def test_the_analysis_one_post_and_a_refresh(visit, unlocked):
    post = visit("get", f"{ROOT}/profile/{CREATOR}").json()["posts"][0]

    assert visit("get", f"{ROOT}/profile/{CREATOR}/analysis").json()["analysed"] > 0
    assert visit("get", f"{ROOT}/posts/{post['shortcode']}").json()["username"] == CREATOR
    assert visit("post", f"{ROOT}/profile/{CREATOR}/refresh", {}).json()["refresh"] == "unchanged"


def test_unlocks_that_are_answered_at_once(visit, unlocked, run_jobs):
    again = visit("post", f"{ROOT}/profile/{CREATOR}/unlock", {}, **{"Idempotency-Key": "two"})
    visit("get", f"{ROOT}/profile/lena.cooks")
    run_jobs()
    bought = visit("post", f"{ROOT}/profile/lena.cooks/unlock", {}, **{"Idempotency-Key": "three"})

    assert (again.status_code, again.json()["charge"]["credits"]) == (200, 0)
    assert (bought.status_code, bought.json()["charge"]["units"]) == (201, 1)


def test_a_hollow_report(visit, run_jobs):
    asked = visit("post", f"{ROOT}/profile/one.post/unlock", {}, **{"Idempotency-Key": "one"})
    run_jobs()
    again = visit("post", f"{ROOT}/profile/one.post/unlock", {}, **{"Idempotency-Key": "two"})

    assert visit("get", asked.json()["job"]["url"]).json()["result"]["outcome"] == "limited"
    assert (again.status_code, again.json()["code"]) == (200, "report.limited")


@pytest.mark.parametrize("name", ["hidden.likes", "odd.numbers"])
def test_odd_creators(visit, run_jobs, name):
    visit("post", f"{ROOT}/profile/{name}/unlock", {}, **{"Idempotency-Key": "one"})
    run_jobs()

    for part in ("", "/content", "/brands", "/posts"):
        assert visit("get", f"{ROOT}/profile/{name}{part}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/discovery/unlocked", "/api/v1/discovery/history", "/api/v1/discovery/suggest?q=nou", "/api/v1/jobs/",
        "/api/v1/teams/", "/api/v1/teams/members", "/api/v1/teams/current", "/api/v1/credits/transactions",
        "/api/v1/credits/dashboard", "/api/v1/credits/allowances", "/api/v1/credits/usage/monthly",
        "/api/v1/credits/pricing", "/api/v1/teams/usage", f"{ROOT}/methodology", "/api/v1/auth/me",
        "/api/v1/auth/dashboard", "/api/v1/auth/sessions", "/api/health",
    ],
)  # fmt: skip
def test_lists_and_summaries(visit, unlocked, path):
    assert visit("get", path).status_code == 200


def test_many_creators_at_once(visit, unlocked, run_jobs):
    names = [CREATOR, "callum.cables", "private.person", "not a handle!"]

    assert visit("post", f"{ROOT}/profiles/quote", {"usernames": names}).status_code == 200
    asked = visit("post", f"{ROOT}/profiles/unlock", {"usernames": names}, **{"Idempotency-Key": "many"})
    run_jobs()
    result = visit("get", asked.json()["job"]["url"]).json()["result"]
    assert (result["unlocked"], result["already_unlocked"], result["private"], result["invalid"]) == (1, 1, 1, 1)


@pytest.mark.parametrize(("name", "status"), [("private.person", 200), ("nobody.here", 404), ("..", 400)])
def test_creators_that_cannot_be_bought(visit, run_jobs, name, status):
    answer = visit("get", f"{ROOT}/profile/{name}")
    run_jobs()

    if answer.status_code == 202:
        answer = visit("get", f"{ROOT}/profile/{name}")
    assert answer.status_code == status
