"""The health page: what it says, to whom, and what it does when something is away."""

import os
import signal
import time
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.core.gateways import shared_redis
from apps.core.resilience import open_breaker
from apps.profiles.gateways import Capability, breaker_name, list_sources
from apps.system.health import measure_health, report_beat, report_worker, scoring
from config.embedded.valkey import Valkey
from tests.core.valkeys import valkey

__all__ = ["valkey"]

QUEUES = ("analysis", "background", "batch", "default", "priority")


@pytest.fixture(autouse=True)
def without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question looks anew."""
    monkeypatch.setattr(scoring, "KEEP_SECONDS", -1)


@pytest.fixture
def no_database(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The probe is led to a port where nobody listens; the test's own connection stays."""
    from django.db import connections

    known = connections["default"].get_connection_params()
    away = {**known, "host": "127.0.0.1", "port": 1}
    monkeypatch.setattr(connections["default"], "get_connection_params", lambda: away)


def component(name: str) -> scoring.Component:
    return next(part for part in measure_health().components if part.name == name)


def all_well() -> None:
    report_worker(name="worker@test", queues=QUEUES)
    report_beat(seconds=20)


def test_all_well_is_a_hundred(db):
    all_well()

    health = measure_health()

    assert (health.score, health.status) == (100, "ok")
    assert [part.name for part in health.components] == [
        "database", "cache", "queue", "workers", "sources", "ai", "payments",
    ]  # fmt: skip
    assert sum(part.weight for part in health.components) == 100


def test_strangers_see_the_score_and_no_more(db):
    all_well()

    answer = APIClient().get("/api/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "score": 100}
    assert answer["Cache-Control"] == "no-store"


def test_staff_see_why(db, make_user):
    client = APIClient()
    client.force_login(make_user("root@operator.example", is_staff=True))

    answer = client.get("/api/health").json()

    workers = next(part for part in answer["components"] if part["name"] == "workers")
    assert workers["detail"] == {
        "workers": [],
        "queues_without_worker": ["priority", "default", "analysis", "batch", "background"],
        "beat": False,
    }
    assert (workers["status"], workers["health"]) == ("down", 0)
    assert (answer["status"], answer["score"]) == ("degraded", 85)


def test_without_a_database_it_is_503_and_says_so_quickly(no_database):
    started = time.perf_counter()
    answer = APIClient().get("/api/health")

    assert time.perf_counter() - started < 2.5
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert APIClient().get("/api/health/ready").status_code == 503
    assert APIClient().get("/api/health/live").status_code == 200


def test_without_redis_it_is_200_and_degraded(db, valkey: Valkey):
    valkey.stop()

    answer = APIClient().get("/api/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "score": 60}
    assert APIClient().get("/api/health/ready").status_code == 200


def test_a_frozen_redis_costs_its_time_out_once(db, valkey: Valkey):
    measure_health()
    child = valkey.child
    assert child is not None
    os.kill(child.process.pid, signal.SIGSTOP)
    try:
        measure_health()
        started = time.perf_counter()
        health = measure_health()
        took = time.perf_counter() - started
    finally:
        os.kill(child.process.pid, signal.SIGCONT)

    assert health.status == "degraded"
    assert took < 1


def test_a_queue_without_a_worker_counts(db):
    report_worker(name="worker@test", queues=("default", "background", "batch", "priority"))
    report_beat(seconds=20)

    assert component("workers").health == 0.83
    assert component("workers").detail["queues_without_worker"] == ["analysis"]


def test_a_worker_that_stopped_saying_anything_is_gone(db, monkeypatch):
    monkeypatch.setattr("apps.system.health.heartbeats.ALIVE_SECONDS", 0.05)
    report_worker(name="worker@test", queues=QUEUES)
    time.sleep(0.1)

    assert component("workers").detail["workers"] == []


@pytest.mark.parametrize(("waiting", "health"), [(0, 1.0), (200, 1.0), (2600, 0.5), (6000, 0.0)])
def test_a_long_queue_lowers_the_score(db, waiting, health):
    if waiting:
        shared_redis().lpush("default", *["x"] * waiting)

    assert component("queue").health == health
    assert component("queue").detail["waiting"]["default"] == waiting


def test_an_open_breaker_of_one_source_of_two_halves_it(db, settings):
    """Under the very name that the chain gives it."""
    settings.PROFILE_SOURCES = ["decodo", "sandbox"]
    decodo = list_sources()[0]
    name = breaker_name(decodo, Capability.PROFILE)
    open_breaker(name, reset_after=60, reason="target_unsupported")

    sources = component("sources")

    assert (sources.health, sources.status) == (0.5, "degraded")
    assert sources.detail["source.decodo"].startswith(f"{name}: open (target_unsupported, ")
    assert sources.detail["source.sandbox"] == "closed"


def test_a_source_with_a_like_name_is_another(db, settings):
    settings.PROFILE_SOURCES = ["decodo"]
    open_breaker("source.decodo2.profile", reset_after=60, reason="timeout")

    assert component("sources").status == "ok"


def test_what_is_switched_off_is_not_ill(db, settings):
    settings.ENABLE_AI_ANALYSIS = False

    assert (component("ai").health, component("ai").status) == (1, "off")
    assert component("payments").status == "off"


def test_many_questions_look_once_a_second(db, monkeypatch):
    monkeypatch.setattr(scoring, "KEEP_SECONDS", 60)
    monkeypatch.setattr(scoring, "_latest", None)

    first, second = scoring.get_health(), scoring.get_health()

    assert second is first
