"""A report is ready with the rules' labels; what a better engine says later makes it a new state."""

import pytest

from apps.analysis.models import ProfileAnalysis
from apps.jobs.models import Job
from apps.jobs.services import run_job

NAME = "maya.slowtravel"
DEEPER = "analysis.profile"


@pytest.fixture
def two_engines(settings, monkeypatch):
    """A better engine before the rules: the rules under another name, so that no model is loaded."""
    from apps.analysis.engines import get_engine, registry
    from apps.analysis.engines.rules import RulesEngine

    class Better(RulesEngine):
        name = "better"

        def analyse(self, texts):
            from dataclasses import replace

            return [replace(result, engine=self.name) for result in super().analyse(texts)]

    monkeypatch.setitem(registry._FACTORIES, "better", Better)
    get_engine.cache_clear()
    settings.AI_ENGINES = ["better", "rules"]
    yield
    get_engine.cache_clear()


def names(report) -> set[str]:
    return {entry["engine"] for entry in report["content"]["engines"]}


def codes(report) -> set[str]:
    return {notice["code"] for notice in report["notices"]}


def test_an_unlock_does_not_wait_for_the_deeper_analysis(customer, team, two_engines):
    brand = customer(team)
    unlock = brand.ask_unlock(NAME).json()["job"]["id"]
    run_job(unlock)

    first = brand.look_up(NAME)
    report = first.json()
    state = brand.part(NAME, "analysis").json()

    assert first.status_code == 200
    assert names(report) == {"rules"}
    assert "analysis_preliminary" in codes(report)
    assert {post["analysis"]["engine"] for post in report["posts"]} == {"rules"}
    assert (state["state"], state["analysed"]) == ("running", len(report["posts"]))

    brand.run_jobs()
    second = brand.look_up(NAME, **{"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 200
    assert names(second.json()) == {"better"}
    assert "analysis_preliminary" not in codes(second.json())
    assert second.headers["ETag"] != first.headers["ETag"]
    assert brand.part(NAME, "analysis").json()["state"] == "ready"


def test_a_creator_read_but_not_analysed_is_unlocked_in_the_request(customer, team, two_engines):
    brand = customer(team)
    pending = brand.client.get(f"/api/v1/instagram/profile/{NAME}").json()["job"]
    run_job(pending["id"])
    assert not ProfileAnalysis.objects.exists()

    answer = brand.ask_unlock(NAME)

    assert answer.status_code == 201
    assert names(answer.json()) == {"rules"}
    assert Job.objects.filter(kind=DEEPER, state=Job.State.QUEUED).count() == 1


def test_a_lost_analysis_is_submitted_anew(customer, team, two_engines):
    brand = customer(team)
    run_job(brand.client.get(f"/api/v1/instagram/profile/{NAME}").json()["job"]["id"])
    Job.objects.filter(kind=DEEPER).delete()

    brand.ask_unlock(NAME)

    assert Job.objects.get(kind=DEEPER).state == Job.State.QUEUED


def test_a_refresh_does_not_wait_either(customer, team, two_engines):
    from datetime import timedelta

    from django.utils import timezone

    from apps.profiles.models import Profile

    brand = customer(team)
    brand.unlock(NAME)
    Profile.objects.update(refreshed_at=timezone.now() - timedelta(days=2))
    job = brand.client.post(f"/api/v1/instagram/profile/{NAME}/refresh").json()["job"]["id"]

    run_job(job)

    assert brand.job(job)["state"] == "succeeded"
    assert names(brand.look_up(NAME).json()) == {"better"}


def test_an_analysis_is_started_once_and_only_where_something_is_left(customer, team, other_team, two_engines):
    brand = customer(team)
    run_job(brand.ask_unlock(NAME).json()["job"]["id"])
    Job.objects.filter(kind=DEEPER).delete()
    path = f"/api/v1/instagram/profile/{NAME}/analysis"

    first, again = brand.client.post(path), brand.client.post(path)

    assert (first.status_code, first.json()["state"], first.json()["job"]["state"]) == (202, "running", "queued")
    assert again.status_code == 202
    assert Job.objects.filter(kind=DEEPER).count() == 1
    brand.run_jobs()
    done = brand.client.post(path)
    assert (done.status_code, done.json()["state"]) == (200, "ready")
    assert [entry["engine"] for entry in done.json()["engines"]] == ["better"]
    assert customer(other_team).client.post(path).status_code == 402


def test_an_analysis_that_is_switched_off_is_refused(customer, team, settings):
    brand = customer(team)
    brand.unlock(NAME)
    settings.ENABLE_AI_ANALYSIS = False

    answer = brand.client.post(f"/api/v1/instagram/profile/{NAME}/analysis")

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "analysis.disabled")
