"""A wallet whose spenders die: between hold and capture, inside a transaction, at random."""

import random
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from apps.credits.errors import HoldClosed, InsufficientCredits
from apps.credits.models import Entry, Hold
from apps.credits.selectors import compute_balance
from apps.credits.services import (
    books,
    bring_up_to_date,
    capture_hold,
    grant_credits,
    hold_credits,
    release_hold,
    sweep_holds,
)
from apps.jobs.models import Job
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan
from tests.credits.laws import assert_laws

from .racing import race

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]
ROOT = Path(__file__).resolve().parents[2]
DYING = """
import os, signal, sys, django
django.setup()
from apps.accounts.models import User
from apps.credits.services import books, capture_hold, hold_credits
from apps.teams.access import enter_team
from apps.teams.models import Team

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

team, member, job, where = sys.argv[1:]
if where == "in the hold":
    books._close = die
with enter_team(Team.objects.get(pk=team)):
    hold_credits(action="influencer_unlock", key="unlock:1", member=User.objects.get(pk=member), job_id=job)
    if where == "in the capture":
        books._close = die
        capture_hold(key="unlock:1")
    die()
"""


@pytest.fixture
def wallet(team) -> Any:
    """The team has 100 credits and no allowances."""
    change_plan(team, allowances={}, monthly_credits=0)
    with enter_team(team):
        grant_credits(amount=100, origin="adjustment", source_key="test")
    return team


def run_to_death(team: Any, job: Job, where: str) -> None:
    command = [sys.executable, "-c", DYING, str(team.pk), str(team.owner.pk), str(job.pk), where]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize(
    ("where", "held"), [("in the hold", 0), ("between hold and capture", 25), ("in the capture", 25)]
)
def test_a_crash_never_charges_and_the_next_attempt_does(wallet, where, held):
    job = Job.objects.create(kind="discovery.unlock", team=wallet, state="running")

    run_to_death(wallet, job, where)

    with enter_team(wallet):
        assert compute_balance() == {"balance": 100, "held": held, "available": 100 - held, "unit": "credits"}
        hold_credits(action="influencer_unlock", key="unlock:1", member=wallet.owner, job_id=job.pk)
        assert capture_hold(key="unlock:1").credits == 25
        assert compute_balance()["available"] == 75
        assert_laws()


def test_what_a_dead_job_held_is_given_back(wallet):
    job = Job.objects.create(kind="discovery.unlock", team=wallet, state="running")
    run_to_death(wallet, job, "between hold and capture")
    with enter_team(wallet):
        Hold.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert sweep_holds() == 0

        Job.objects.update(state="failed")

        assert sweep_holds() == 1
        assert compute_balance()["available"] == 100
        assert_laws()


def test_a_killed_connection_leaves_nothing_half_done(wallet, monkeypatch):
    close = books._close

    def lose_connection(*args: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        close(*args)

    monkeypatch.setattr(books, "_close", lose_connection)
    with enter_team(wallet), pytest.raises(Error):
        hold_credits(action="influencer_unlock", key="unlock:1", member=wallet.owner)
    monkeypatch.undo()
    connection.close()

    with enter_team(wallet):
        assert Hold.objects.count() == 0
        assert Entry.objects.count() == 1
        assert hold_credits(action="influencer_unlock", key="unlock:1", member=wallet.owner).credits == 25
        assert_laws()


def test_a_waiting_spender_goes_on_when_the_lock_holder_dies(wallet):
    locked = threading.Event()

    def act(n: int) -> Any:
        if n:
            assert locked.wait(10)
            return hold_credits(action="influencer_unlock", key="unlock:1", member=wallet.owner).credits
        with transaction.atomic():
            books.lock_wallet()
            locked.set()
            time.sleep(0.3)
            connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return None

    with enter_team(wallet):
        outcomes = race(2, act)

    assert outcomes[1] == 25


def test_random_spenders_and_random_deaths(wallet):
    """Grants, holds, captures, releases and expiries on six threads, until enough was paid and killed."""
    give_up = time.monotonic() + 50
    killed: list[int] = []
    paid: list[str] = []

    def is_enough() -> bool:
        return (len(paid) >= 25 and sum(killed) >= 6) or time.monotonic() > give_up

    def spend(n: int) -> None:
        chance = random.Random(n)
        while not is_enough():
            if n == 0 and chance.random() < 0.1:
                killed.append(kill_somebody())
            try:
                paid.extend(act_at_random(chance, wallet))
            except (InsufficientCredits, HoldClosed):
                continue
            except Error:
                connection.close()

    with enter_team(wallet):
        outcomes = race(6, spend)

    connection.close()
    connection.close_pool()  # what was killed while it lay in the pool
    assert outcomes.errors == []
    assert sum(killed) >= 3
    with enter_team(wallet):
        bring_up_to_date()
        assert_laws()
        charges = Entry.objects.filter(kind="capture").values_list("hold_id", flat=True)
        assert len(charges) == len(set(charges)) == Hold.objects.filter(state="captured").count()
        known = set(Hold.objects.filter(state="captured").values_list("key", flat=True))
        assert set(paid) <= known
        assert len(known) >= 5


def act_at_random(chance: random.Random, team: Any) -> list[str]:
    """One act; returns the key that it captured, if any."""
    roll, key = chance.random(), f"unlock:{chance.randrange(200)}"
    if roll < 0.25:
        soon = timezone.now() + timedelta(seconds=chance.choice([0.3, 2, 60]))
        amount = chance.randrange(20, 90)
        grant_credits(
            amount=amount, origin="purchase", source_key=f"g{chance.randrange(400)}:{amount}", expires_at=soon
        )
    elif roll < 0.9:
        hold_credits(action="influencer_unlock", key=key, member=team.owner)
        if roll < 0.75:
            return [] if capture_hold(key=key).replayed else [key]
    else:
        release_hold(key=key)
    return []


def kill_somebody() -> int:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
            )
            return len(cursor.fetchall())
    except Error:
        connection.close()
        return 0
