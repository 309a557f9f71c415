"""Each place where billing locks the account: with the lock the quick act waits, without it the slow one undoes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError

from apps.billing.errors import SubscriptionExists
from apps.billing.models import (
    BillingAccount,
    Checkout,
    Figure,
    Invoice,
    Subscription,
    SubscriptionChange,
    TopupOrder,
)
from apps.billing.services import (
    buying,
    change_manual,
    change_subscription,
    changing,
    customers,
    end_manual,
    ensure_account,
    extend_manual,
    fulfil_session,
    manual,
    refunding,
    roll_up_revenue,
    rolling,
    settle_account,
    settle_payment,
    standing,
    start_checkout,
    start_topup,
    syncing,
)
from apps.credits.models import Revocation
from apps.teams.access import enter_team
from apps.teams.models import TeamRollup
from tests.billing.conftest import BACK, stripe, subscribe
from tests.fakes.stripe.refunds import refund

from .overtaking import Overtaking, overtake
from .taking import drop_key, take_away
from .test_billing import agree
from .test_billing_keys import Scene

__all__ = ["drop_key", "stripe", "subscribe"]
pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]
UNTIL = datetime(2040, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Lock:
    """Who locks, the race, what comes of it with the lock and without; the plan the team is on at first; and keys and
    locks that would hide the race, gone in both."""

    by: Callable[..., Any]
    race: Callable[[Scene], Overtaking]
    kept: Any
    lost: Any
    text: str = "lock_account("
    plan: str = "free"
    beside: tuple[str, ...] = ()
    and_without: Callable[..., Any] | None = None

    @property
    def name(self) -> str:
        return f"{self.by.__module__.removeprefix('apps.')}.{self.by.__name__}"


def read_unlocked(account_id: int) -> BillingAccount:
    return BillingAccount.objects.select_related("team").get(pk=account_id)


def order_twice(scene: Scene) -> Overtaking:
    """Two orders at once are two orders in the month's figures."""
    customers.ensure_customer(ensure_account(scene.team))
    return Overtaking(
        slow=lambda: order(scene),
        quick=lambda: order(scene),
        before=(rolling, "store_rollups"),
        see=lambda _: count_begun(),
    )


def order_while_counting(scene: Scene) -> Overtaking:
    """The nightly count does not put back what it saw before an order came."""
    customers.ensure_customer(ensure_account(scene.team))
    return Overtaking(
        slow=roll_up_revenue,
        quick=lambda: order(scene),
        before=(rolling, "store_rollups"),
        see=lambda _: count_begun(),
    )


def order(scene: Scene) -> TopupOrder:
    return start_topup(team=scene.team, member=scene.team.owner, package="credits_500", back=BACK)


def count_begun() -> int:
    return sum(TeamRollup.objects.filter(metric=Figure.TOPUPS_BEGUN).values_list("value", flat=True))


def open_the_same_page_twice(scene: Scene) -> Overtaking:
    """The key that allows one open order is gone: the lock alone holds."""

    def ask() -> Any:
        return start_checkout(team=scene.team, member=scene.team.owner, plan="standard", interval="month", back=BACK)

    customers.ensure_customer(ensure_account(scene.team))
    return Overtaking(slow=ask, quick=ask, before=(Checkout, "save"), see=lambda _: Checkout.objects.count())


def look_while_scheduling(scene: Scene) -> Overtaking:
    """A look at Stripe while a change for later is written down; both write the account and the subscription."""
    row = scene.subscribe(scene.team, "premium")
    return Overtaking(
        slow=lambda: change_subscription(team=scene.team, plan="standard", interval="month"),
        quick=lambda: syncing.sync_account(row.account_id),
        before=(BillingAccount, "save"),
        at=2,  # the first is the look before
        see=lambda outcomes: outcomes.count(OperationalError),
    )


def extend_while_changing(scene: Scene) -> Overtaking:
    """The transfer for the next years came while another price was agreed."""
    row = agree(scene.team)

    def change() -> Any:
        return change_manual(
            subscription_id=row.pk, plan_version=row.plan_version, interval="year", price_cents=7, note=""
        )

    return Overtaking(
        slow=change,
        quick=lambda: extend_manual(subscription_id=row.pk, until=UNTIL),
        before=(Subscription, "save"),
        see=lambda _: Subscription.objects.filter(price_cents=7, current_period_end=UNTIL).count(),
    )


def change_while_extending(scene: Scene) -> Overtaking:
    row = agree(scene.team)

    def change() -> Any:
        return change_manual(
            subscription_id=row.pk, plan_version=row.plan_version, interval="year", price_cents=7, note=""
        )

    return Overtaking(
        slow=lambda: extend_manual(subscription_id=row.pk, until=UNTIL),
        quick=change,
        before=(Subscription, "save"),
        see=lambda _: Subscription.objects.filter(price_cents=7, current_period_end=UNTIL).count(),
    )


def end_while_extending(scene: Scene) -> Overtaking:
    """What has ended never lives again."""
    row = agree(scene.team)
    return Overtaking(
        slow=lambda: extend_manual(subscription_id=row.pk, until=UNTIL),
        quick=lambda: end_manual(subscription_id=row.pk, at_once=True),
        before=(Subscription, "save"),
        see=lambda _: Subscription.objects.filter(ended_at=None).count(),
    )


def agree_twice(scene: Scene) -> Overtaking:
    """The second clerk is told so, in words."""
    ensure_account(scene.team)
    return Overtaking(
        slow=lambda: agree(scene.team),
        quick=lambda: agree(scene.team),
        before=(Subscription, "save"),
        see=lambda outcomes: (outcomes.count(SubscriptionExists), outcomes.count(IntegrityError)),
    )


def write_an_invoice_twice(scene: Scene) -> Overtaking:
    """Two clicks on the form: both saw that the number was free."""
    row = agree(scene.team)

    def write() -> Any:
        return manual.issue_invoice(subscription=row, number="2026-17", total_cents=100, is_paid=True)

    return Overtaking(
        slow=write, quick=write, before=(Invoice.objects, "create"), see=lambda _: Invoice.objects.count()
    )


def settle_twice(scene: Scene) -> Overtaking:
    """Two settle another price: neither fails."""
    row = agree(scene.team)
    Subscription.objects.update(price_cents=row.price_cents * 2)
    return Overtaking(
        slow=lambda: settle_account(row.account_id),
        quick=lambda: settle_account(row.account_id),
        before=(SubscriptionChange.objects, "bulk_create"),
        see=lambda outcomes: outcomes.count(IntegrityError),
    )


def store_an_older_answer(scene: Scene) -> Overtaking:
    """The check that nobody overtook and the write belong together."""
    account = ensure_account(scene.team)
    stored: list[str] = []
    box = SimpleNamespace(write=stored.append)

    def store(_account: Any, seen: str, _now: datetime) -> None:
        box.write(seen)

    def look(answer: str) -> None:
        syncing.look_and_store(account.pk, look=lambda: answer, store=store)

    return Overtaking(
        slow=lambda: look("older"),
        quick=lambda: look("newer"),
        before=(box, "write"),
        see=lambda _: stored,
    )


def refund_in_two_parts(scene: Scene) -> Overtaking:
    """A tenth is refunded, and while that is settled two tenths more. The account's lock is gone: the order's holds."""
    bought = order(scene)
    scene.stripe.pay(bought.stripe_session_id)
    fulfil_session(bought.stripe_session_id)
    bought.refresh_from_db()
    payment = bought.stripe_payment_intent_id

    def give_back(tenths: int) -> None:
        with scene.stripe.world.lock:
            (charge,) = scene.stripe.world.every("charge", payment_intent=payment)
            refund(scene.stripe.world, charge, bought.price_cents * tenths // 10)
        settle_payment(payment)

    def see(_outcomes: Any) -> int:
        with enter_team(scene.team):
            return sum(Revocation.objects.values_list("amount", flat=True))

    return Overtaking(lambda: give_back(1), lambda: give_back(2), (refunding, "revoke_grant"), see)


_ONE_OPEN = "billing_checkout/billing_checkout_one_open"
LOCKS = [
    Lock(buying._order_topup, order_twice, kept=2, lost=1, plan="standard"),
    Lock(roll_up_revenue, order_while_counting, kept=1, lost=0, plan="standard"),
    Lock(buying._claim, open_the_same_page_twice, kept=1, lost=2, beside=(_ONE_OPEN,)),
    Lock(changing._schedule, look_while_scheduling, kept=0, lost=1),
    Lock(manual._lock, extend_while_changing, kept=1, lost=0),
    Lock(manual._lock, change_while_extending, kept=1, lost=0),
    Lock(manual._lock, end_while_extending, kept=0, lost=1),
    Lock(manual.issue_invoice, write_an_invoice_twice, kept=1, lost=2),
    Lock(manual.start_manual, agree_twice, kept=(1, 0), lost=(0, 1)),
    Lock(standing.settle_account, settle_twice, kept=0, lost=1),
    Lock(syncing.look_and_store, store_an_older_answer, kept=["older", "newer"], lost=["newer", "older"]),
    Lock(
        refunding._settle,
        refund_in_two_parts,
        kept=150,
        lost=200,
        text=".select_for_update()",
        plan="standard",
        and_without=syncing.look_and_store,
    ),
]
each_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: f"{lock.name}-{lock.race.__name__}")


@pytest.fixture
def scene(stripe, make_team, subscribe, lock, drop_key, monkeypatch) -> Scene:
    for key in lock.beside:
        drop_key(key)
    if lock.and_without:
        unlock(monkeypatch, lock.and_without, "lock_account(")
    return Scene(make_team(lock.plan), stripe, subscribe)


def unlock(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], text: str) -> None:
    without = (text, "read_unlocked(" if text == "lock_account(" else "")
    take_away(monkeypatch, function, without, read_unlocked=read_unlocked)


@each_lock
def test_the_lock_holds(scene, lock, monkeypatch):
    assert overtake(monkeypatch, lock.race(scene)) == lock.kept


@each_lock
def test_without_the_lock_the_harm_is_done(scene, lock, monkeypatch):
    """The canary."""
    race = lock.race(scene)
    unlock(monkeypatch, lock.by, lock.text)

    assert overtake(monkeypatch, race) == lock.lost
