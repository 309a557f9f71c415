"""Everything at once, for FUZZ_SECONDS: members, owners, Stripe, workers and misfortunes; then the books are read.

Stripe's events come over HTTP to a server process, and every clock leaps: the ledger's, billing's and Stripe's.
A seed (FUZZ_SEED, printed) repeats what each actor wants to do and in which order; which thread runs when, it cannot.
"""

import os
import random
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection
from django.db.models.functions import Now
from django.utils import timezone

from apps.billing.models import StripeEvent
from apps.billing.services import (
    fulfil_session,
    reconcile,
    settle_account,
    start_checkout,
    sweep_events,
    sync_account,
)
from apps.core.errors import DomainError
from apps.credits.models import Hold
from apps.credits.services import bring_up_to_date
from apps.jobs.models import Job
from apps.jobs.services import run_job, sweep_jobs
from apps.teams.access import enter_team
from tests.billing.conftest import BACK, stripe
from tests.discovery.creators import build_creator
from tests.fakes.stripe.errors import Refusal
from tests.fakes.stripe.events import new_endpoint
from tests.support.people import build_team

from .fuzz_actors import CREATORS, Calendar, Chaos, Payer, Postman, Spender
from .fuzz_checks import check_team
from .fuzz_clock import follow, leap_to
from .fuzz_processes import Server, Worker, make_environment
from .fuzz_work import list_work, set_up

__all__ = ["stripe"]
# Short in the daily run; a minute and more is asked for by name.
SECONDS = float(os.environ.get("FUZZ_SECONDS", "8"))
SEED = int(os.environ.get("FUZZ_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
# What Stripe is asked to tell of.
TOLD_OF = [
    "charge.dispute.closed", "charge.dispute.created", "charge.dispute.funds_reinstated", "charge.refunded",
    "checkout.session.async_payment_failed", "checkout.session.async_payment_succeeded", "checkout.session.completed",
    "checkout.session.expired", "customer.subscription.created", "customer.subscription.deleted",
    "customer.subscription.updated", "invoice.paid", "invoice.payment_failed", "refund.failed", "refund.updated",
]  # fmt: skip
# So many that wait are worked off in the end; the others are lost, and the comparison has to find what they told of.
LAST_EVENTS = 30
# One creator in so many has to be read anew by a job.
WORK_EVERY = 8
pytestmark = [pytest.mark.concurrency, pytest.mark.timeout(SECONDS + 600)]


@pytest.fixture
def clock(committed_db, tmp_path, monkeypatch) -> Path:
    """Where it is written how far all clocks have leapt."""
    path = tmp_path / "clock"
    leap_to(0, path)
    follow(monkeypatch, path)
    return path


@pytest.fixture
def world(clock, stripe, settings) -> list[Any]:
    """Three teams that pay at Stripe, and creators of whom some need work."""
    set_up(settings)
    for number in range(CREATORS):
        build_creator(f"creator{number}", age_hours=1 if number % WORK_EVERY else 48)
    teams = [build_team("free", name=f"Fuzz {number}") for number in range(3)]
    for team in teams:
        subscribe(stripe, team)
    return teams


@pytest.fixture
def server(world, stripe, clock) -> Any:
    """A server of the product that Stripe tells what happens from now on."""
    running = Server(make_environment(stripe, clock))
    with stripe.world.lock:
        new_endpoint(stripe.world, url=running.webhook, enabled_events=TOLD_OF, secret=stripe.webhook_secret, _own=True)
    yield running
    running.stop()


def subscribe(fake: Any, team: Any) -> None:
    order = start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK)
    assert fake.pay(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)
    team.refresh_from_db()


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


def test_money_survives_everything_at_once(world, stripe, server, clock):
    print(f"FUZZ_SEED={SEED} FUZZ_SECONDS={SECONDS:.0f}")  # noqa: T201
    crowd, worker = Crowd(SECONDS), Worker(make_environment(stripe, clock))
    spenders = [Spender(team, team.owner) for team in world for _ in range(2)]
    postman, calendar = Postman(stripe), Calendar(stripe, clock)
    chaos = Chaos(world, worker=worker, calendar=calendar)
    worker.respawn()
    for number, spender in enumerate(spenders):
        crowd.add(f"spend:{number}", spender)
    for number, team in enumerate(world):
        crowd.add(f"pay:{number}", Payer(team, stripe), pause=0.1)
    for name, actor, pause in (("post", postman, 0.2), ("work", worker, 0.0), ("chaos", chaos, 0.3)):
        crowd.add(name, actor, pause=pause)
    crowd.add("leap", calendar, pause=2.0)
    try:
        crowd.run()
    finally:
        worker.stop()
    connection.close()
    connection.close_pool()
    postman.clear_up()
    statuses = Counter(status for _, _, status in stripe.delivery.sent)
    figures = {"cut": chaos.cut, "killed": worker.killed, "days": calendar.days, "leaps": calendar.leaps}
    print(dict(crowd.done), figures, {"webhooks": dict(statuses)})  # noqa: T201

    settle(world)

    assert crowd.surprises == []
    assert statuses[200] > 0
    assert set(statuses) <= {0, 200, 500, 503}
    for team in world:
        check_team(stripe, team, told_paid={key for one in spenders if one.team == team for key in one.paid})


def settle(teams: list[Any]) -> None:
    """What the sweepers, the reconciliation and a quiet hour bring about."""
    lose_events()
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


def lose_events() -> None:
    """As if those that nobody looked at yet had never come."""
    waiting = StripeEvent.objects.exclude(state__in=["processed", "ignored"]).order_by("-received_at")
    lost = list(waiting.values_list("pk", flat=True)[LAST_EVENTS:])
    Job.objects.filter(kind="billing.process_event", params__event__in=lost).delete()
    StripeEvent.objects.filter(pk__in=lost).delete()


def work_off() -> None:
    """Every job to its end, however often its worker died."""
    for _ in range(30):
        Job.objects.filter(state="running").update(lease_until=Now() - timedelta(seconds=1))  # leases do not leap
        sweep_jobs()
        queued = list(list_work().values_list("id", flat=True))
        if not queued:
            return
        for job_id in queued:
            run_job(job_id)
    raise AssertionError(f"jobs do not end: {list(list_work().values_list('kind', 'error'))}")
