"""Healing what crashes and outages leave."""

import time
from datetime import timedelta

from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from apps.jobs.models import IdempotencyRecord, Job
from apps.jobs.services import purge_jobs, run_job, submit_job, sweep_jobs
from apps.jobs.services.running import claim_job
from config.celery import app as celery_app


def reload(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def age(job: Job, seconds: int) -> None:
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=seconds))


def test_a_dead_workers_job_is_done_by_another(team, register, run_jobs):
    register("test.work", lambda run: {"attempt": run.attempt})
    job = submit_job(kind="test.work", params={}, team=team)
    claim_job(job.pk)
    expire(job)

    swept = sweep_jobs()
    run_jobs()

    assert swept["expired"] == 1
    assert reload(job).result == {"attempt": 2}


def test_a_living_workers_job_is_left_alone(team):
    job = submit_job(kind="test.work", params={}, team=team)
    claim_job(job.pk)

    assert sweep_jobs()["expired"] == 0
    assert run_job(job.pk) is False
    assert reload(job).attempts == 1


def test_a_job_that_kills_its_workers_is_parked(team, register):
    heard = []
    register("test.work", on_end=lambda job: heard.append(job.pk))
    job = submit_job(kind="test.work", params={}, team=team, max_attempts=2)
    for _ in range(2):
        claim_job(job.pk)
        expire(job)
        sweep_jobs()

    dead = reload(job)
    assert (dead.state, dead.attempts, dead.error["status"]) == ("failed", 2, 500)
    assert dead.dead_at is not None
    assert heard == [job.pk]


def test_a_job_whose_message_was_lost_is_published_again(team, register, run_jobs):
    register("test.work", lambda run: {"ok": True})
    job = submit_job(kind="test.work", params={}, team=team)
    connection.run_on_commit = []
    assert run_jobs() == []
    age(job, django_settings.JOB_REPUBLISH_SECONDS + 1)

    assert sweep_jobs()["republished"] == 1
    assert sweep_jobs()["republished"] == 0
    run_jobs()

    assert reload(job).state == "succeeded"


def test_with_the_broker_away_the_row_waits_for_the_sweep(team, register, run_jobs, monkeypatch):
    register("test.work", lambda run: {"ok": True})
    with monkeypatch.context() as away:
        away.setattr(celery_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
        away.setattr(celery_app.amqp, "_producer_pool", None)
        job = submit_job(kind="test.work", params={}, team=team)
        started = time.monotonic()
        assert run_jobs() == []
        assert time.monotonic() - started < 5
        assert reload(job).state == "queued"
    age(job, django_settings.JOB_REPUBLISH_SECONDS + 1)

    sweep_jobs()
    run_jobs()

    assert reload(job).state == "succeeded"


def test_an_end_that_was_not_heard_is_told_again(team, register, run_jobs):
    tries = []

    def listener(job):
        tries.append(job.pk)
        if len(tries) == 1:
            raise RuntimeError("the ledger was away")

    register("test.work", lambda run: 1 / 0, on_end=listener)
    job = submit_job(kind="test.work", params={}, team=team, max_attempts=1)
    run_jobs()
    assert reload(job).end_heard_at is None
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(minutes=1))

    assert sweep_jobs()["heard"] == 1

    assert tries == [job.pk, job.pk]
    assert reload(job).end_heard_at is not None


def test_old_ended_jobs_go_and_dead_letters_stay(team):
    long_ago = timezone.now() - timedelta(days=django_settings.JOB_KEEP_DAYS + 1)
    old = Job.objects.create(kind="test.work", team=team, state="succeeded", finished_at=long_ago)
    dead = Job.objects.create(kind="test.work", team=team, state="failed", finished_at=long_ago, dead_at=long_ago)
    active = Job.objects.create(kind="test.work", team=team, created_at=long_ago)
    IdempotencyRecord.objects.create(
        team=team, actor="user:1", key="k", fingerprint="f", lease_until=long_ago, expires_at=long_ago
    )

    assert purge_jobs() == {"jobs": 1, "idempotency_records": 1}
    assert set(Job.objects.values_list("pk", flat=True)) == {dead.pk, active.pk}
    assert not Job.objects.filter(pk=old.pk).exists()
