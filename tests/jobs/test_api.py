"""`/api/v1/jobs/`."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.jobs.services import submit_job
from apps.teams.models import Team


@pytest.fixture
def job(team, register):
    register("test.work", lambda run: {"ok": True})
    return submit_job(kind="test.work", params={"username": "natgeo"}, team=team, user=team.owner)


def test_a_job_is_shown_as_it_is(api, team, job, run_jobs):
    client = api(team.owner, team=team)

    queued = client.get(f"/api/v1/jobs/{job.pk}").json()
    run_jobs()
    done = client.get(f"/api/v1/jobs/{job.pk}").json()

    assert queued["state"] == "queued"
    assert queued["position"] == 0
    assert queued["progress"] == {"done": 0, "total": 0, "message": ""}
    assert (queued["result"], queued["error"]) == (None, None)
    assert done["state"] == "succeeded"
    assert (done["position"], done["result"]) == (None, {"ok": True})
    assert done["id"] == str(job.pk)


def test_the_list_has_the_teams_own_newest_first(api, team, other_team, job):
    newer = submit_job(kind="test.work", params={}, team=team)
    submit_job(kind="test.work", params={}, team=other_team)

    page = api(team.owner, team=team).get("/api/v1/jobs/").json()

    assert [row["id"] for row in page["results"]] == [str(newer.pk), str(job.pk)]
    assert page["next"] is None


@pytest.mark.parametrize("path", ["/api/v1/jobs/{}", "/api/v1/jobs/{}/cancel"])
def test_a_foreign_and_an_unknown_job_are_the_same_404(api, other_team, job, path):
    client = api(other_team.owner, team=other_team)
    call = client.post if path.endswith("cancel") else client.get

    foreign, unknown = call(path.format(job.pk)), call(path.format(uuid4()))

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() == unknown.json()
    assert foreign.json()["error"]["code"] == "job.not_found"
    job.refresh_from_db()
    assert job.state == "queued"


def test_cancelling(api, team, job, run_jobs):
    client = api(team.owner, team=team)

    cancelled = client.post(f"/api/v1/jobs/{job.pk}/cancel")
    run_jobs()

    assert cancelled.status_code == 200
    assert cancelled.json()["state"] == "cancelled"
    assert client.get(f"/api/v1/jobs/{job.pk}").json()["state"] == "cancelled"


def test_an_unpaid_team_can_stop_what_runs(api, team, job):
    Team.objects.filter(pk=team.pk).update(billing_state="read_only")

    answer = api(team.owner, team=team).post(f"/api/v1/jobs/{job.pk}/cancel")

    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")


def test_what_has_ended_cannot_be_cancelled(api, team, job, run_jobs):
    run_jobs()

    answer = api(team.owner, team=team).post(f"/api/v1/jobs/{job.pk}/cancel")

    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "job.ended"


def test_the_list_costs_the_same_for_many(api, team, register, run_jobs):
    """Also where a result takes queries to read, and while jobs wait."""
    register("test.work", lambda run: {"ok": True}, shows=lambda job: {"members": team.memberships.count()})
    client = api(team.owner, team=team)

    def count(jobs: int) -> int:
        for _ in range(jobs):
            submit_job(kind="test.work", params={}, team=team)
        run_jobs()
        for _ in range(jobs):
            submit_job(kind="test.work", params={}, team=team)
        client.get("/api/v1/jobs/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/jobs/")
        return len(queries)

    assert count(1) == count(5)


def test_the_list_says_what_waits_before_each_and_leaves_results_to_the_job(api, team, other_team, register, run_jobs):
    register("test.work", lambda run: {"ok": True})
    done = submit_job(kind="test.work", params={}, team=team)
    run_jobs()
    first = submit_job(kind="test.work", params={}, team=team)
    submit_job(kind="test.work", params={}, team=other_team)
    last = submit_job(kind="test.work", params={}, team=team)

    rows = api(team.owner, team=team).get("/api/v1/jobs/").json()["results"]

    assert [(row["id"], row["position"], row["result"]) for row in rows] == [
        (str(last.pk), 2, None),
        (str(first.pk), 0, None),
        (str(done.pk), None, None),
    ]


def test_visitors_are_not_told_anything(api, job):
    assert api().get(f"/api/v1/jobs/{job.pk}").status_code == 401
