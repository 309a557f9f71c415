"""Writes that ask for the state they start from: what comes late changes nothing. Each guard has a canary."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.billing.errors import InvoiceClosed
from apps.billing.gateways import fetch_session
from apps.billing.models import BillingAccount, Checkout, Invoice, Subscription, TopupOrder
from apps.billing.services import (
    buying,
    customers,
    end_manual,
    ensure_account,
    fulfil_session,
    fulfilling,
    issue_invoice,
    manual,
    settle_account,
    standing,
    start_checkout,
    start_manual,
    start_topup,
    voiding,
)
from apps.plans.selectors import get_plan_version
from tests.concurrency.taking import take_away

from .conftest import BACK


@dataclass(frozen=True)
class Guard:
    """Whose guard and its text, what comes late, and what is there afterwards with the guard and without."""

    by: Callable[..., Any]
    text: str | tuple[str, str]
    come_late: Callable[[Any, Any], Any]
    kept: Any
    lost: Any


def make_the_customer_again(team: Any, stripe: Any) -> bool:
    """A second process read the account before it had its customer, and Stripe has forgotten the key of a day ago."""
    ensure_account(team)
    read_before = BillingAccount.objects.get(team=team)
    first = customers.ensure_customer(ensure_account(team))
    stripe.api.keys.known.clear()
    return customers.ensure_customer(read_before) == first


def close_a_page_that_was_just_paid(team: Any, stripe: Any) -> str:
    """Another plan was asked for at the moment when the first was paid."""
    order = start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK)
    stripe.pay(order.stripe_session_id)
    buying._close(order)
    return Checkout.objects.get().state


def pay_a_topup(team: Any, stripe: Any) -> TopupOrder:
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    stripe.pay(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)
    return order


def hear_late_that_it_failed(team: Any, stripe: Any) -> str:
    """The event of a failed payment is overtaken by that of the one that came."""
    fulfilling.fail_topup(pay_a_topup(team, stripe).stripe_session_id)
    return TopupOrder.objects.get().state


def hear_late_that_it_expired(team: Any, stripe: Any) -> str:
    order = pay_a_topup(team, stripe)
    late = replace(fetch_session(order.stripe_session_id), status="expired", is_paid=False)
    fulfilling._settle_topup(order, late)
    return TopupOrder.objects.get().state


def settle_the_next(team: Any, stripe: Any) -> bool:
    """The day on which a subscription's end was settled stays when the next one is."""
    ended = agree(team)
    end_manual(subscription_id=ended.pk, at_once=True)
    ended.refresh_from_db()
    settle_account(agree(team).account_id)
    return Subscription.objects.get(pk=ended.pk).settled_at == ended.settled_at


def agree(team: Any) -> Subscription:
    now = timezone.now()
    return start_manual(
        team=team,
        plan_version=get_plan_version("premium"),
        interval="month",
        price_cents=100,
        period=(now, now + timedelta(days=30)),
    )


def revoke_an_invoice_again(team: Any, stripe: Any) -> bool:
    """Since when the period's credits are gone stays when the invoice is looked at again."""
    order = start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK)
    stripe.pay(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)
    account, first = ensure_account(team), timezone.now()
    for moment in (first, first + timedelta(days=1)):
        voiding.revoke_invoice(account, Invoice.objects.get(), key="refund", reason="A test", now=moment)
    return Invoice.objects.get().revoked_at == first


def void_an_invoice_that_was_just_paid(team: Any, stripe: Any) -> str:
    """Two of the staff at once: the transfer came, says one; nobody wants it any more, says the other."""
    invoice = issue_invoice(subscription=agree(team), number="1", total_cents=1, is_paid=False)
    manual.close_invoice(invoice_id=invoice.pk, is_paid=True)
    with suppress(InvoiceClosed):
        manual.close_invoice(invoice_id=invoice.pk, is_paid=False)
    return Invoice.objects.get().status


GUARDS = [
    Guard(customers._claim, "locked.stripe_customer_id or ", make_the_customer_again, kept=True, lost=False),
    Guard(buying._close, ", state=Checkout.State.OPEN", close_a_page_that_was_just_paid, "completed", "expired"),
    Guard(fulfilling.fail_topup, ", state=State.OPEN", hear_late_that_it_failed, "paid", "failed"),
    Guard(fulfilling._settle_topup, ", state=State.OPEN", hear_late_that_it_expired, "paid", "expired"),
    Guard(standing.settle_locked, (", settled_at=None).update(", ").update("), settle_the_next, kept=True, lost=False),
    Guard(manual.close_invoice, ", status=Invoice.Status.OPEN", void_an_invoice_that_was_just_paid, "paid", "void"),
    Guard(voiding.revoke_invoice, ", revoked_at=None", revoke_an_invoice_again, kept=True, lost=False),
]
_ON_FREE = {close_a_page_that_was_just_paid, revoke_an_invoice_again}
each_guard = pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.by.__name__)


@pytest.fixture
def team(guard, make_team) -> Any:
    return make_team("free" if guard.come_late in _ON_FREE else "standard")


@each_guard
def test_what_comes_late_changes_nothing(guard, team, stripe):
    assert guard.come_late(team, stripe) == guard.kept


@each_guard
def test_without_the_guard_it_does(guard, team, stripe, monkeypatch):
    """The canary."""
    take_away(monkeypatch, guard.by, guard.text)

    assert guard.come_late(team, stripe) == guard.lost
