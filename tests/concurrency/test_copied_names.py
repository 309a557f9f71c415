"""Unique names that no race can give twice, for each is made from another that is unique: a row that was copied can.

A restore, an import or a hand at the database copies rows. With the key the copy is refused; without it the product's
own path does what each test says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.billing.errors import CheckoutNotFound
from apps.billing.models import BillingAccount, Checkout, Invoice, TopupOrder
from apps.billing.services import (
    customers,
    ensure_account,
    fulfil_session,
    settle_payment,
    start_checkout,
    start_topup,
    sync_account,
)
from apps.core.errors import DomainError
from apps.credits.errors import GrantNotFound
from apps.credits.models import Hold, HoldDraw, Revocation, UsageCounter
from apps.credits.selectors import compute_balance
from apps.credits.services import capture_hold, ensure_period, hold_credits, holding, release_hold
from apps.teams.access import enter_team
from tests.billing.conftest import BACK, stripe, subscribe
from tests.credits.conftest import change_plan
from tests.fakes.stripe.refunds import refund

from .taking import drop_unique

__all__ = ["stripe", "subscribe"]
pytestmark = pytest.mark.usefixtures("db")


@dataclass(frozen=True)
class Copied:
    """A key, how a second row comes to the same name, and what the product then does to the first row's team."""

    key: str
    copy: Callable[[Any], None]
    harm: Callable[[Any], Any]
    done: Any


@dataclass
class Pair:
    """Two teams that pay at one Stripe; what is the first's is copied to the second."""

    first: Any
    second: Any
    stripe: Any
    subscribe: Callable[..., Any]

    @property
    def accounts(self) -> tuple[BillingAccount, BillingAccount]:
        return ensure_account(self.first), ensure_account(self.second)

    def copy(self, model: type[Any], name: str) -> None:
        """The second's newest row gets the first's name."""
        one, other = (model.objects.filter(account=account).latest("created_at") for account in self.accounts)
        model.objects.filter(pk=other.pk).update(**{name: getattr(one, name)})

    def pay_topups(self) -> None:
        for team in (self.first, self.second):
            order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
            self.stripe.pay(order.stripe_session_id)
            fulfil_session(order.stripe_session_id)


def copy_account_name(pair: Pair) -> None:
    first, second = pair.accounts
    BillingAccount.objects.filter(pk=second.pk).update(uuid=first.uuid)


def become_customers(pair: Pair) -> list[bool]:
    """Stripe takes the second for the first with other words, and refuses: that team can never pay."""
    return [_becomes_customer(account) for account in pair.accounts]


def _becomes_customer(account: BillingAccount) -> bool:
    try:
        return bool(customers.ensure_customer(account))
    except DomainError:
        return False


def copy_customer(pair: Pair) -> None:
    pair.subscribe(pair.first)
    first, second = pair.accounts
    BillingAccount.objects.filter(pk=second.pk).update(stripe_customer_id=first.stripe_customer_id)


def look_at_customer(pair: Pair) -> str:
    """The first team's invoice goes to the second."""
    sync_account(pair.accounts[1].pk)
    return Invoice.objects.get().account.team.name


def copy_checkout(pair: Pair) -> None:
    for team in (pair.first, pair.second):
        start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK)
    pair.copy(Checkout, "stripe_session_id")


def copy_topup(pair: Pair) -> None:
    for team in (pair.first, pair.second):
        start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    pair.copy(TopupOrder, "stripe_session_id")


def come_back_from_paying(pair: Pair) -> type[Exception] | str:
    """The first team has paid, and its success page finds the other's order."""
    account = pair.accounts[0]
    (order,) = [*TopupOrder.objects.filter(account=account), *Checkout.objects.filter(account=account)]
    pair.stripe.pay(order.stripe_session_id)
    try:
        return fulfil_session(order.stripe_session_id, team_id=pair.first.pk).state
    except CheckoutNotFound as error:
        return type(error)


def copy_payment(pair: Pair) -> None:
    pair.pay_topups()
    pair.copy(TopupOrder, "stripe_payment_intent_id")


def give_the_first_its_money_back(pair: Pair) -> tuple[type[Exception] | bool, int]:
    """The refund is looked for at the second team, and the first keeps what it no longer pays."""
    payment = TopupOrder.objects.get(account=pair.accounts[0]).stripe_payment_intent_id
    with pair.stripe.world.lock:
        (charge,) = pair.stripe.world.every("charge", payment_intent=payment)
        refund(pair.stripe.world, charge, charge["amount"])
    try:
        found: type[Exception] | bool = settle_payment(payment)
    except GrantNotFound as error:
        found = type(error)
    with enter_team(pair.first):
        return found, Revocation.objects.count()


COPIES = [
    Copied("billing_billingaccount.uuid", copy_account_name, become_customers, done=[True, False]),
    Copied("billing_billingaccount.stripe_customer_id", copy_customer, look_at_customer, done="Second"),
    Copied("billing_checkout.stripe_session_id", copy_checkout, come_back_from_paying, done=CheckoutNotFound),
    Copied("billing_topuporder.stripe_session_id", copy_topup, come_back_from_paying, done=CheckoutNotFound),
    Copied(
        "billing_topuporder.stripe_payment_intent_id",
        copy_payment,
        give_the_first_its_money_back,
        done=(GrantNotFound, 0),
    ),
]
_ON_FREE = {copy_customer, copy_checkout}
each_copy = pytest.mark.parametrize("copied", COPIES, ids=lambda copied: copied.key)


@pytest.fixture
def pair(copied, stripe, make_team, subscribe) -> Pair:
    plan = "free" if copied.copy in _ON_FREE else "standard"
    return Pair(make_team(plan, name="First"), make_team(plan, name="Second"), stripe, subscribe)


@each_copy
def test_the_key_refuses_the_copy(copied, pair):
    table, _, column = copied.key.partition(".")
    with pytest.raises(IntegrityError, match=f"{table}_{column}"), transaction.atomic():
        copied.copy(pair)


@each_copy
def test_without_the_key_the_harm_is_done(copied, pair):
    """The canary."""
    drop_unique(copied.key)
    copied.copy(pair)

    assert copied.harm(pair) == copied.done


@pytest.fixture
def spender(team) -> Any:
    """The team has 50 credits, two holds of 25 each, and nothing else."""
    change_plan(team, allowances={}, monthly_credits=50)
    ensure_period(team)
    with enter_team(team):
        for key in ("one", "two"):
            hold_credits(action="influencer_unlock", key=key, member=team.owner)
        yield team


def copy_draw() -> None:
    draw = HoldDraw.objects.get(hold__key="one")
    draw.pk = None
    draw.save(force_insert=True)


def test_a_holds_draw_is_written_once(spender):
    with pytest.raises(IntegrityError, match="credits_holddraw_position"), transaction.atomic():
        copy_draw()


def test_without_the_position_a_release_gives_back_what_another_hold_promised(spender):
    """The canary: both holds' credits can be spent again while the second hold still stands."""
    drop_unique("credits_holddraw/credits_holddraw_position")
    copy_draw()

    release_hold(key="one")

    assert Hold.objects.get(key="two").state == "held"
    assert compute_balance() == {"balance": 50, "held": 0, "available": 50, "unit": "credits"}


def use_without_merging(team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two uses of an allowance, each counted by a row of its own where that is possible; one is given back."""
    monkeypatch.setattr(holding, "COUNT", holding.COUNT.partition("ON CONFLICT")[0])
    for key in ("one", "two"):
        hold_credits(action="influencer_unlock", key=key, member=team.owner)
    capture_hold(key="one")
    release_hold(key="two")


def test_a_members_use_is_counted_in_one_row(in_team, monkeypatch):
    with pytest.raises(IntegrityError, match="credits_usagecounter_unique"), transaction.atomic():
        use_without_merging(in_team, monkeypatch)


def test_in_two_rows_what_is_given_back_once_is_counted_back_twice(in_team, monkeypatch):
    """The canary: one analysis was used, and none is counted, so the allowance brings one more than it has."""
    drop_unique("credits_usagecounter/credits_usagecounter_unique")

    use_without_merging(in_team, monkeypatch)

    assert Hold.objects.filter(state="captured").count() == 1
    assert list(UsageCounter.objects.values_list("units", flat=True)) == [0, 0]
