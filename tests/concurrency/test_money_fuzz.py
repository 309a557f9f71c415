"""Everything at once, for FUZZ_SECONDS (60): members, owners, Stripe, workers and misfortunes; then the books are read.

A seed (FUZZ_SEED, printed) repeats what each actor wants to do and in which order; which thread runs when, it cannot.
"""

import os
import random
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection
from django.utils import timezone

from apps.billing.models import StripeEvent, TopupOrder
from apps.billing.services import (
    fulfil_session,
    reconcile,
    settle_account,
    start_checkout,
    sweep_events,
    sync_account,
)
from apps.core.errors import DomainError
from apps.credits.models import Entry, Grant, Hold, Revocation
from apps.credits.selectors import terms
from apps.credits.services import bring_up_to_date
from apps.discovery.models import Unlock
from apps.jobs.models import Job
from apps.jobs.services import run_job, sweep_jobs
from apps.teams.access import enter_team
from tests.billing.conftest import BACK, stripe
from tests.credits.laws import assert_laws
from tests.discovery.creators import build_creator
from tests.fakes.stripe.errors import Refusal
from tests.support.people import build_team

from .fuzz_actors import (
    CLOCK,
    CREATORS,
    LEASE_SECONDS,
    Chaos,
    Payer,
    Postman,
    Spender,
    Worker,
    list_work,
    set_clock,
)

__all__ = ["stripe"]
SECONDS = float(os.environ.get("FUZZ_SECONDS", "60"))
SEED = int(os.environ.get("FUZZ_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
# So many arrive in the end; the others never do, and the reconciliation has to find what they told of.
LAST_EVENTS = 30
# One creator in so many has to be read anew by a job.
WORK_EVERY = 8
pytestmark = [pytest.mark.concurrency, pytest.mark.timeout(SECONDS + 600)]


@pytest.fixture
def world(committed_db, stripe, settings, monkeypatch) -> Any:
    """Three teams that pay at Stripe, creators of whom some need work, and clocks that can leap."""
    settings.ENABLE_AI_ANALYSIS = False
    settings.PROFILE_SOURCES = ["sandbox"]
    settings.JOB_LEASE_SECONDS = LEASE_SECONDS
    set_clock(0)
    monkeypatch.setattr(terms, "CLOCK", CLOCK)
    for number in range(CREATORS):
        build_creator(f"creator{number}", age_hours=1 if number % WORK_EVERY else 48)
    teams = [build_team("free", name=f"Fuzz {number}") for number in range(3)]
    for team in teams:
        subscribe(stripe, team)
    return teams


def subscribe(fake: Any, team: Any) -> None:
    order = start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK)
    assert fake.pay(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)
    team.refresh_from_db()


def make_environment(fake: Any) -> dict[str, str]:
    return {**os.environ, "STRIPE_SECRET_KEY": fake.key, "STRIPE_API_BASE": fake.base_url, "LOG_LEVEL": "CRITICAL"}


class Crowd:
    """Threads that act until the time is over; what nobody may raise is kept."""

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.surprises: list[BaseException] = []
        self.done: Counter[str] = Counter()
        self.threads: list[threading.Thread] = []

    def add(self, name: str, actor: Any, *, pause: float = 0.0) -> None:
        self.threads.append(threading.Thread(target=self._run, args=(name, actor, pause), daemon=True))

    def run(self) -> None:
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join(self.ends_at - time.monotonic() + 120)
        assert not any(thread.is_alive() for thread in self.threads), "somebody still waits"

    def _run(self, name: str, actor: Any, pause: float) -> None:
        chance = random.Random(f"{SEED}:{name}")
        while time.monotonic() < self.ends_at:
            try:
                actor.act(chance)
                self.done[name.partition(":")[0]] += 1
            except (DomainError, Refusal) as refusal:
                self.done[f"refused {getattr(refusal, 'code', type(refusal).__name__)}"] += 1
            except IntegrityError as error:
                self.surprises.append(error)
            except Error as error:
                self.done[f"lost {type(error).__name__}"] += 1
                connection.close()
            except Exception as error:
                self.surprises.append(error)
            time.sleep(pause)
        connection.close()


def test_money_survives_everything_at_once(world, stripe):
    print(f"FUZZ_SEED={SEED} FUZZ_SECONDS={SECONDS:.0f}")  # noqa: T201
    crowd, worker = Crowd(SECONDS), Worker(make_environment(stripe))
    spenders = [Spender(team, team.owner) for team in world for _ in range(2)]
    postman, chaos = Postman(stripe), Chaos(world, stripe, worker)
    worker.respawn()
    for number, spender in enumerate(spenders):
        crowd.add(f"spend:{number}", spender)
    for number, team in enumerate(world):
        crowd.add(f"pay:{number}", Payer(team, stripe), pause=0.1)
    for name, actor, pause in (("post", postman, 0.05), ("work", worker, 0.0), ("chaos", chaos, 0.3)):
        crowd.add(name, actor, pause=pause)
    try:
        crowd.run()
    finally:
        worker.stop()
    connection.close()
    connection.close_pool()
    print(dict(crowd.done), {"cut": chaos.cut, "killed": worker.killed, "days": chaos.days})  # noqa: T201

    settle(world, stripe, postman)

    assert crowd.surprises == []
    for team in world:
        with enter_team(team):
            assert_laws()
            assert_nothing_open()
            assert_unlocks_are_paid_once()
            assert_paid({key for spender in spenders if spender.team == team for key in spender.paid})
            assert_payments_are_granted_once(stripe, team)


def settle(teams: list[Any], fake: Any, postman: Postman) -> None:
    """What the sweepers, the reconciliation and a quiet hour bring about."""
    for event in [*fake.take_events(), *postman.bag][-LAST_EVENTS:]:
        assert postman.post(event) == 200
    work_off()
    StripeEvent.objects.filter(state="received").update(received_at=timezone.now() - timedelta(minutes=5))
    sweep_events()
    work_off()
    report = reconcile()
    assert report is not None
    assert report.error == ""
    for team in teams:
        sync_account(team.billing_account.pk)
        settle_account(team.billing_account.pk)
        with enter_team(team):
            bring_up_to_date()
            Hold.objects.filter(state="held").update(expires_at=timezone.now() - timedelta(days=1))
            bring_up_to_date()


def work_off() -> None:
    """Every job to its end, however often its worker died."""
    for _ in range(30):
        Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
        sweep_jobs()
        queued = list(list_work().values_list("id", flat=True))
        if not queued:
            return
        for job_id in queued:
            run_job(job_id)
    raise AssertionError(f"jobs do not end: {list(list_work().values_list('kind', 'error'))}")


def assert_nothing_open() -> None:
    assert list(Hold.objects.filter(state="held")) == []


def assert_unlocks_are_paid_once() -> None:
    """Each unlock has one captured hold with one entry in credits, and each such hold has its unlock."""
    unlocked = list(Unlock.objects.values_list("hold_key", flat=True))
    paid = list(Hold.objects.filter(state="captured", action="influencer_unlock").values_list("key", flat=True))
    assert sorted(unlocked) == sorted(paid)
    captures = Counter(Entry.objects.filter(kind="capture", unit="credits").values_list("hold__key", flat=True))
    assert all(captures[key] == 1 for key in captures)
    assert set(captures) == set(Hold.objects.filter(state="captured").values_list("key", flat=True))


def assert_paid(known: set[str]) -> None:
    """What a member was told is paid, is paid; a commit whose answer was lost may have paid more."""
    assert known <= set(Hold.objects.filter(state="captured").values_list("key", flat=True))


def assert_payments_are_granted_once(fake: Any, team: Any) -> None:
    """Stripe's own payments of top-ups against the ledger's grants, and what was given back against revocations."""
    account = team.billing_account
    with fake.world.lock:
        sessions = [
            one
            for one in fake.world.every("checkout.session", mode="payment", payment_status="paid")
            if one["customer"] == account.stripe_customer_id
        ]
        charges = {one["payment_intent"]: dict(one) for one in fake.world.every("charge", paid=True)}
        disputes = list(fake.world.every("dispute"))
    orders = {str(order.pk): order for order in TopupOrder.objects.filter(account=account)}
    expected = {}
    for session in sessions:
        order = orders[session["client_reference_id"]]
        expected[f"stripe:{session['payment_intent']}"] = (order.unit, order.quantity)
    granted = Grant.objects.filter(origin="purchase").values_list("source_key", "unit", "amount")
    assert {key: (unit, amount) for key, unit, amount in granted} == expected
    for session in sessions:
        order, charge = orders[session["client_reference_id"]], charges[session["payment_intent"]]
        lost = any(one["charge"] == charge["id"] and one["status"] != "won" for one in disputes)
        taken = sum(
            Revocation.objects.filter(grant__source_key=order.source_key, restored_at=None).values_list(
                "amount", flat=True
            )
        )
        cents = order.price_cents if lost else charge["amount_refunded"]
        assert taken == order.quantity * cents // order.price_cents, (order.state, charge["amount_refunded"], lost)
