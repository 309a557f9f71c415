"""Unlocks that race: one creator is paid once, and a wallet never buys more than it holds."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from apps.credits.errors import InsufficientCredits
from apps.credits.models import Entry, Hold
from apps.credits.selectors import compute_balance
from apps.discovery.models import Unlock
from apps.discovery.services import settling
from apps.discovery.services.unlocking import unlock_profile
from apps.jobs.models import Job
from apps.jobs.services import run_job, sweep_jobs
from apps.jobs.services.running import claim_job
from apps.teams.access import enter_team
from tests.concurrency.racing import race
from tests.credits.conftest import change_plan
from tests.discovery.creators import build_creator

pytestmark = pytest.mark.concurrency
MANY = 64


@pytest.fixture(autouse=True)
def without_analysis(settings) -> None:
    settings.ENABLE_AI_ANALYSIS = False


@pytest.fixture
def credits_only(committed_db, team):
    """250 credits and no allowance: ten unlocks at 25."""
    return change_plan(team, allowances={}, monthly_credits=250)


def captures() -> list[int]:
    return list(Entry.objects.filter(kind=Entry.Kind.CAPTURE).values_list("amount", flat=True))


def test_64_unlocks_of_one_creator_charge_once(credits_only, owner):
    team = credits_only
    build_creator("maya")

    outcomes = race(MANY, lambda _: unlock_profile(team=team, member=owner, username="maya").state, team=team)

    assert outcomes.errors == []
    assert (outcomes.count("unlocked"), outcomes.count("already")) == (1, MANY - 1)
    with enter_team(team):
        assert Unlock.objects.count() == 1
        assert captures() == [-25]
        assert compute_balance() == {"balance": 225, "held": 0, "available": 225, "unit": "credits"}


def test_64_unlocks_of_one_creator_that_needs_work_share_one_job(credits_only, owner):
    team = credits_only
    build_creator("maya", age_hours=48)

    outcomes = race(MANY, lambda _: unlock_profile(team=team, member=owner, username="maya"), team=team)

    assert outcomes.errors == []
    assert {answer.state for answer in outcomes} == {"pending"}
    assert len({answer.job.pk for answer in outcomes}) == 1
    assert sorted(answer.held for answer in outcomes)[-2:] == [0, 25]
    with enter_team(team):
        assert compute_balance()["held"] == 25
        assert Hold.objects.count() == 1


def test_a_wallet_for_ten_unlocks_exactly_ten_of_64(credits_only, owner):
    team = credits_only
    for n in range(MANY):
        build_creator(f"creator{n}")

    outcomes = race(MANY, lambda n: unlock_profile(team=team, member=owner, username=f"creator{n}").state, team=team)

    assert (outcomes.count("unlocked"), outcomes.count(InsufficientCredits)) == (10, 54)
    with enter_team(team):
        assert Unlock.objects.count() == 10
        assert captures() == [-25] * 10
        assert compute_balance() == {"balance": 0, "held": 0, "available": 0, "unit": "credits"}


def test_a_wallet_for_ten_starts_exactly_ten_jobs_of_64(credits_only, owner):
    team = credits_only
    for n in range(MANY):
        build_creator(f"creator{n}", age_hours=48)

    outcomes = race(MANY, lambda n: unlock_profile(team=team, member=owner, username=f"creator{n}").state, team=team)

    assert (outcomes.count("pending"), outcomes.count(InsufficientCredits)) == (10, 54)
    assert Job.objects.count() == 10
    with enter_team(team):
        assert compute_balance() == {"balance": 250, "held": 250, "available": 0, "unit": "credits"}


def test_the_race_is_real_without_the_creators_lock(credits_only, owner, monkeypatch):
    """The canary: without the lock two transactions both find no unlock, and only the constraint is left to refuse."""
    team = credits_only
    build_creator("maya")
    both_looked = threading.Barrier(2)
    place_hold = settling.place_hold

    def place_when_both_looked(**wish):
        both_looked.wait(20)
        return place_hold(**wish)

    monkeypatch.setattr(settling, "lock_deal", lambda deal: deal)
    monkeypatch.setattr(settling, "place_hold", place_when_both_looked)

    outcomes = race(2, lambda _: unlock_profile(team=team, member=owner, username="maya").state, team=team)

    assert (outcomes.count("unlocked"), outcomes.count(IntegrityError)) == (1, 1)


def start_one(team, owner) -> Job:
    with enter_team(team):
        return unlock_profile(team=team, member=owner, username="maya").job


def die(job: Job) -> None:
    """What a worker killed with -9 leaves: a claimed row whose lease runs out."""
    assert claim_job(job.pk) is not None
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep_jobs()


def test_a_crash_between_hold_and_capture_is_finished_and_paid_once(credits_only, owner, settings):
    team = credits_only
    settings.PROFILE_SOURCES = ["sandbox"]
    build_creator("maya", age_hours=48)
    job = start_one(team, owner)

    die(job)
    assert run_job(job.pk) is True
    assert run_job(job.pk) is False

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("succeeded", 2)
    with enter_team(team):
        assert captures() == [-25]
        assert compute_balance() == {"balance": 225, "held": 0, "available": 225, "unit": "credits"}


def test_a_job_that_never_comes_through_gives_the_hold_back(credits_only, owner):
    team = credits_only
    build_creator("maya", age_hours=48)
    job = start_one(team, owner)

    for _ in range(job.max_attempts):
        die(job)

    job.refresh_from_db()
    assert (job.state, job.dead_at is not None) == ("failed", True)
    with enter_team(team):
        assert Unlock.objects.count() == 0
        assert captures() == []
        assert compute_balance() == {"balance": 250, "held": 0, "available": 250, "unit": "credits"}


def test_two_workers_with_one_job_charge_once(credits_only, owner, settings):
    team = credits_only
    settings.PROFILE_SOURCES = ["sandbox"]
    build_creator("maya", age_hours=48)
    job = start_one(team, owner)

    outcomes = race(4, lambda _: run_job(job.pk))

    assert sorted(outcomes) == [False, False, False, True]
    with enter_team(team):
        assert captures() == [-25]
