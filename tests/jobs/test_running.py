"""One attempt at a job: what it stores, in which team, and what becomes of its errors."""

import pytest
from django.db import connection

from apps.core.errors import DomainError, Kind
from apps.jobs.errors import JobLost
from apps.jobs.models import Job
from apps.jobs.services import cancel_job, replay_job, run_job, submit_job


class Refused(DomainError):
    code = "test.refused"
    kind = Kind.UNPROCESSABLE
    message = "No."


class Away(DomainError):
    code = "source.unavailable"
    kind = Kind.UNAVAILABLE
    message = "Away."


def raising(error):
    def handler(run):
        raise error

    return handler


def reload(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_runs_in_its_team_and_stores_its_result(team, register, run_jobs):
    register("test.work", lambda run: {"schema": connection.schema_name, "name": run.params["name"]})

    job = submit_job(kind="test.work", params={"name": "natgeo"}, team=team, user=team.owner)
    names = run_jobs()

    done = reload(job)
    assert names == ["jobs.run"]
    assert (done.state, done.attempts) == ("succeeded", 1)
    assert done.result == {"schema": team.schema_name, "name": "natgeo"}
    assert done.finished_at is not None
    assert done.lease_until is None


def test_the_same_active_work_is_one_job(team, other_team, register):
    register("test.work", lambda run: {})

    first = submit_job(kind="test.work", params={}, team=team, dedup_key="natgeo")
    again = submit_job(kind="test.work", params={"other": 1}, team=team, dedup_key="natgeo")
    elsewhere = submit_job(kind="test.work", params={}, team=other_team, dedup_key="natgeo")
    run_job(first.pk)
    later = submit_job(kind="test.work", params={}, team=team, dedup_key="natgeo")

    assert again.pk == first.pk
    assert (first.is_new, again.is_new) == (True, False)
    assert elsewhere.pk != first.pk
    assert later.pk != first.pk


def test_work_of_no_team_is_one_job_too(db, register):
    first = submit_job(kind="test.work", params={}, dedup_key="a")
    again = submit_job(kind="test.work", params={}, dedup_key="a")

    assert again.pk == first.pk


def test_a_refusal_is_the_jobs_answer_at_once(team, register, run_jobs):
    heard = []
    register("test.work", raising(Refused(details={"why": "so"})), on_end=lambda job: heard.append(job.state))

    job = submit_job(kind="test.work", params={}, team=team)
    run_jobs()

    done = reload(job)
    assert (done.state, done.attempts, done.dead_at) == ("failed", 1, None)
    assert done.error == {"code": "test.refused", "message": "No.", "details": {"why": "so"}, "status": 422}
    assert heard == ["failed"]
    assert done.end_heard_at is not None


def test_an_outage_is_tried_twice(team, register, run_jobs):
    register("test.work", raising(Away()))

    job = submit_job(kind="test.work", params={}, team=team)
    run_jobs()

    done = reload(job)
    assert (done.state, done.attempts, done.error["status"]) == ("failed", 2, 503)


def test_an_unexpected_error_is_retried_then_parked_and_can_be_replayed(team, register, run_jobs):
    register("test.work", raising(ValueError("boom")))

    job = submit_job(kind="test.work", params={}, team=team)
    run_jobs()

    dead = reload(job)
    assert (dead.state, dead.attempts) == ("failed", 3)
    assert dead.dead_at is not None
    assert "boom" in dead.traceback
    assert "boom" not in str(dead.error)

    register("test.work", lambda run: {"ok": True})
    replay_job(job_id=job.pk)
    run_jobs()

    done = reload(job)
    assert (done.state, done.attempts, done.result, done.dead_at) == ("succeeded", 4, {"ok": True}, None)


def test_a_queued_job_is_cancelled_at_once_and_never_runs(team, register, run_jobs):
    ran, heard = [], []
    register("test.work", lambda run: ran.append(1) or {}, on_end=lambda job: heard.append(connection.schema_name))

    job = submit_job(kind="test.work", params={}, team=team)
    cancel_job(job_id=job.pk)
    cancel_job(job_id=job.pk)
    run_jobs()

    assert reload(job).state == "cancelled"
    assert ran == []
    assert heard == [team.schema_name]


def test_a_running_job_stops_at_its_next_step(team, register, run_jobs):
    steps = []

    def handler(run):
        run.report(1, 2, "first")
        steps.append("first")
        cancel_job(job_id=run.job.pk)
        run.report(2, 2, "second")
        steps.append("second")
        return {}

    register("test.work", handler)
    job = submit_job(kind="test.work", params={}, team=team)
    run_jobs()

    done = reload(job)
    assert done.state == "cancelled"
    assert steps == ["first"]
    assert done.progress == {"done": 1, "total": 2, "message": "first"} or done.progress["message"] == "second"


def test_an_attempt_that_lost_its_lease_writes_nothing(team, register, run_jobs):
    def handler(run):
        Job.objects.filter(pk=run.job.pk).update(attempts=run.attempt + 1)
        with pytest.raises(JobLost):
            run.report(1, 1, "too late")
        with pytest.raises(JobLost):
            run.succeed({"from": "the past"})
        return {"from": "the past"}

    register("test.work", handler)
    job = submit_job(kind="test.work", params={}, team=team)
    run_jobs()

    after = reload(job)
    assert (after.state, after.result, after.progress["message"]) == ("running", None, "")


def test_a_kind_without_a_handler_ends_as_a_dead_letter(team, run_jobs):
    job = submit_job(kind="test.unknown", params={}, team=team, max_attempts=1)
    run_jobs()

    assert reload(job).dead_at is not None
