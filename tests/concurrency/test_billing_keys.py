"""Billing's unique keys under racers without a lock: with the key the second is refused, without it the harm is done.

The slow one has looked and not yet written when the quick one does everything: twice the same act.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError

from apps.billing.models import (
    BillingAccount,
    Checkout,
    Invoice,
    PaymentReversal,
    Subscription,
    SubscriptionChange,
)
from apps.billing.services import (
    accounts,
    customers,
    ensure_account,
    fulfil_session,
    settle_account,
    settle_payment,
    start_checkout,
    start_topup,
    sync_account,
)
from tests.billing.conftest import BACK, stripe, subscribe
from tests.fakes.stripe.refunds import refund

from .overtaking import Overtaking, overtake
from .taking import drop_key, take_away
from .test_billing import agree

__all__ = ["drop_key", "stripe", "subscribe"]
pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]


@dataclass
class Scene:
    """A team, its Stripe, and what tests may ask of both."""

    team: Any
    stripe: Any
    subscribe: Callable[..., Subscription]

    def list_at_stripe(self, kind: str, **wanted: Any) -> list[Any]:
        with self.stripe.world.lock:
            return list(self.stripe.world.every(kind, **wanted))


@dataclass(frozen=True)
class Key:
    """A key, the race for it, what comes of it with the key and without, and other keys that would hide the race."""

    name: str
    race: Callable[[Scene], Overtaking]
    kept: Any
    lost: Any
    beside: tuple[str, ...] = ()


def race_twice(act: Callable[[], Any], before: tuple[Any, str], see: Callable[[Any], Any]) -> Overtaking:
    return Overtaking(slow=act, quick=act, before=before, see=see)


def make_account_twice(scene: Scene) -> Overtaking:
    """Two first visits to the billing page; then each account becomes a customer."""

    def count_customers(_outcomes: Any) -> int:
        for account in BillingAccount.objects.all():
            customers.ensure_customer(account)
        return len(scene.list_at_stripe("customer"))

    return race_twice(lambda: ensure_account(scene.team), (BillingAccount.objects, "bulk_create"), count_customers)


def open_pages_for_two_plans(scene: Scene) -> Overtaking:
    """Two windows; each page that is open can be paid."""
    customers.ensure_customer(ensure_account(scene.team))

    def ask(plan: str) -> Any:
        return start_checkout(team=scene.team, member=scene.team.owner, plan=plan, interval="month", back=BACK)

    return Overtaking(
        slow=lambda: ask("standard"),
        quick=lambda: ask("premium"),
        before=(Checkout, "save"),
        see=lambda _: len(scene.list_at_stripe("checkout.session", status="open")),
    )


def mirror_an_invoice_twice(scene: Scene) -> Overtaking:
    """Two looks at Stripe find the same new invoice. Twice in the list, it also stops each later look."""
    order = start_topup(team=scene.team, member=scene.team.owner, package="credits_500", back=BACK)
    scene.stripe.pay(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)
    account = ensure_account(scene.team)

    def see(_outcomes: Any) -> tuple[int, str]:
        try:
            sync_account(account.pk)
        except Invoice.MultipleObjectsReturned as error:
            return Invoice.objects.count(), type(error).__name__
        return Invoice.objects.count(), "in step"

    return race_twice(lambda: sync_account(account.pk), (Invoice, "save"), see)


def agree_twice(scene: Scene) -> Overtaking:
    """Two clerks write down the same agreement."""
    ensure_account(scene.team)
    return race_twice(lambda: agree(scene.team), (Subscription, "save"), see_live)


def mirror_a_subscription_twice(scene: Scene) -> Overtaking:
    """Two looks at Stripe find the same new subscription."""
    order = start_checkout(team=scene.team, member=scene.team.owner, plan="standard", interval="month", back=BACK)
    scene.stripe.pay(order.stripe_session_id)
    account = ensure_account(scene.team)
    return race_twice(lambda: sync_account(account.pk), (Subscription, "save"), see_live)


def see_live(outcomes: Any) -> tuple[int, int]:
    """How many subscriptions live, and how often the key refused one."""
    return Subscription.objects.filter(ended_at=None).count(), outcomes.count(IntegrityError)


def count_a_change_twice(scene: Scene) -> Overtaking:
    """Another price is stored, and two settle it."""
    row = agree(scene.team)
    Subscription.objects.update(price_cents=row.price_cents * 2)
    return race_twice(
        lambda: settle_account(row.account_id),
        (SubscriptionChange.objects, "bulk_create"),
        lambda _: list(SubscriptionChange.objects.values_list("kind", flat=True)),
    )


def write_a_refund_down_twice(scene: Scene) -> Overtaking:
    """Two hear of a refund of a plan's payment."""
    scene.subscribe(scene.team)
    payment = Invoice.objects.get().stripe_payment_intent_id
    with scene.stripe.world.lock:
        (charge,) = scene.stripe.world.every("charge", payment_intent=payment)
        refund(scene.stripe.world, charge, 500)
    return race_twice(
        lambda: settle_payment(payment),
        (PaymentReversal, "save"),
        lambda _: list(PaymentReversal.objects.values_list("amount_cents", flat=True)),
    )


KEYS = [
    Key("billing_billingaccount.team", make_account_twice, kept=1, lost=2),
    Key("billing_checkout/billing_checkout_one_open", open_pages_for_two_plans, kept=1, lost=2),
    Key(
        "billing_invoice.stripe_invoice_id",
        mirror_an_invoice_twice,
        kept=(1, "in step"),
        lost=(2, "MultipleObjectsReturned"),
    ),
    Key("billing_subscription/billing_subscription_one_live", agree_twice, kept=(1, 1), lost=(2, 0)),
    Key(
        "billing_subscription.stripe_subscription_id",
        mirror_a_subscription_twice,
        kept=(1, 1),
        lost=(2, 0),
        beside=("billing_subscription/billing_subscription_one_live",),
    ),
    Key(
        "billing_subscriptionchange.reason",
        count_a_change_twice,
        kept=["new", "expansion"],
        lost=["new", "expansion", "expansion"],
    ),
    Key("billing_paymentreversal.reason", write_a_refund_down_twice, kept=[500], lost=[500, 500]),
]
# Teams that have a plan without a subscription may buy top-ups; the others begin on Free.
_PLANS = {mirror_an_invoice_twice: "standard"}
each_key = pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)


@pytest.fixture
def scene(stripe, make_team, subscribe, key, drop_key, monkeypatch) -> Scene:
    """The account's lock is gone, and the other keys that would refuse the second as well."""
    take_away(monkeypatch, accounts.lock_account, '.select_for_update(of=("self",))')
    for other in key.beside:
        drop_key(other)
    return Scene(make_team(_PLANS.get(key.race, "free")), stripe, subscribe)


@each_key
def test_the_key_alone_refuses_the_second(scene, key, monkeypatch):
    assert overtake(monkeypatch, key.race(scene)) == key.kept


@each_key
def test_without_the_key_the_harm_is_done(scene, key, drop_key, monkeypatch):
    """The canary."""
    race = key.race(scene)
    drop_key(key.name)

    assert overtake(monkeypatch, race) == key.lost
