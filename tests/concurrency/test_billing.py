"""Payments heard of from several sides at once. Each protection has a canary."""

import threading
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from apps.billing import gateways
from apps.billing.errors import BillingBusy, ChangeNotNeeded
from apps.billing.models import BillingAccount, Checkout, Invoice, Subscription, SubscriptionChange, TopupOrder
from apps.billing.services import (
    accounts,
    buying,
    change_subscription,
    ensure_account,
    fulfil_session,
    fulfilling,
    start_checkout,
    start_manual,
    start_topup,
    sync_account,
    syncing,
)
from apps.credits.models import Grant
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from tests.billing.conftest import BACK, stand, stripe, subscribe
from tests.credits.laws import assert_laws

from .racing import race

__all__ = ["stripe", "subscribe"]
pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def paid(stripe, team) -> TopupOrder:
    """A top-up that is paid at Stripe and that nobody told us of."""
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    stripe.pay(order.stripe_session_id)
    return order


@pytest.fixture
def without_account_lock(monkeypatch) -> None:
    """Take the account's and the order's locks away and let two readers meet before either writes."""
    meet = threading.Barrier(2)

    def read(account_id: int) -> accounts.LockedAccount:
        account = BillingAccount.objects.select_related("team").get(pk=account_id)
        with suppress(threading.BrokenBarrierError):
            meet.wait(3)
        return accounts.LockedAccount(account)

    for module in (fulfilling, syncing, buying):
        monkeypatch.setattr(module, "lock_account", read)


def _invent_name(_order: TopupOrder) -> str:
    return f"stripe:{uuid.uuid4()}"


def list_purchases(team) -> list[Grant]:
    with enter_team(team):
        return list(Grant.objects.filter(origin="purchase"))


def test_webhook_and_success_page_at_once_grant_once(team, paid):
    outcomes = race(6, lambda _: fulfil_session(paid.stripe_session_id).state)

    assert outcomes == ["paid"] * 6
    assert [grant.amount for grant in list_purchases(team)] == [500]


def test_the_payments_name_alone_would_do(team, paid, without_account_lock):
    """Without the lock the ledger still knows the payment by its name."""
    race(2, lambda _: fulfil_session(paid.stripe_session_id))

    assert len(list_purchases(team)) == 1


def test_the_race_is_real_without_lock_and_name(team, paid, without_account_lock, monkeypatch):
    """The canary: if this fails, the tests above prove nothing."""
    monkeypatch.setattr(TopupOrder, "source_key", property(_invent_name))
    monkeypatch.setattr(TopupOrder.objects, "select_for_update", TopupOrder.objects.all)

    race(2, lambda _: fulfilling.grant_topup(paid, _find_session(paid)))

    assert len(list_purchases(team)) == 2


def _find_session(order: TopupOrder):
    from apps.billing.gateways import fetch_session

    return fetch_session(order.stripe_session_id)


def test_windows_at_once_open_one_page(stripe, make_team):
    team = make_team("free")
    ensure_account(team)

    def ask(_: int) -> str:
        return start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK).url

    outcomes = race(4, ask)

    assert len(set(outcomes)) == 1
    assert Checkout.objects.count() == 1
    with stripe.world.lock:
        assert len(list(stripe.world.every("checkout.session"))) == 1
        assert len(list(stripe.world.every("customer"))) == 1


def test_syncs_at_once_count_revenue_once(stripe, make_team):
    team = make_team("free")
    order = start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK)
    stripe.pay(order.stripe_session_id)
    account = ensure_account(team)

    outcomes = race(6, lambda _: sync_account(account.pk))

    assert outcomes == [None] * 6
    assert SubscriptionChange.objects.count() == 1
    assert Subscription.objects.count() == 1
    assert stand(team) == ("standard", "current")


@pytest.mark.parametrize(
    "wanted", [[("premium", "month")] * 3, [("premium", "month"), ("standard", "year")]], ids=["one wish", "two wishes"]
)
def test_windows_that_change_the_plan_at_once_end_where_stripe_is(stripe, make_team, subscribe, wanted):
    """Nobody is told that he has not paid, nothing is paid or counted twice, and the plan is the one that is billed."""
    team = make_team("free")
    row = subscribe(team, "standard")

    def change(n: int) -> None:
        plan, interval = wanted[n]
        change_subscription(team=team, plan=plan, interval=interval)

    outcomes = race(len(wanted), change)

    assert {type(error) for error in outcomes.errors} <= {ChangeNotNeeded, BillingBusy}
    row.refresh_from_db()
    (billed,) = gateways.fetch_subscriptions(row.account.stripe_customer_id)
    assert billed.price.plan == (row.plan_version.plan.code, row.plan_version.number)
    assert (billed.price.interval, billed.price.amount_cents) == (row.interval, row.price_cents)
    assert stand(team) == (row.plan_version.plan.code, "current")
    with enter_team(team):
        assert_laws()
        to_premium = f"upgrade:subscription:{row.pk}:{get_plan_version('premium').pk}:"
        assert Grant.objects.filter(source_key__startswith=to_premium).count() <= 1
    steps = list(SubscriptionChange.objects.order_by("id").values_list("mrr_before_cents", "mrr_after_cents"))
    assert [before for before, _ in steps] == [0, *(after for _, after in steps[:-1])]
    assert steps[-1][1] == row.mrr_cents
    with stripe.world.lock:
        paid = [one["amount_paid"] for one in stripe.world.every("invoice", status="paid")]
        charged = [one["amount"] for one in stripe.world.every("charge", paid=True)]
    assert sorted(one for one in paid if one) == sorted(charged)
    assert sorted(Invoice.objects.values_list("amount_paid_cents", flat=True)) == sorted(paid)


def look_in_turns(account_id: int) -> list[str]:
    """An answer that was asked for first and arrives last; the notes as they were stored."""
    asked, stored = threading.Event(), threading.Event()
    notes: list[str] = []
    answers = iter(["old", "newest"])

    def slow() -> str:
        answer = next(answers)
        if answer == "old":
            asked.set()
            stored.wait(10)
        return answer

    def store(_account, seen: str, _now) -> None:
        notes.append(seen)

    def run(n: int) -> None:
        if n == 0:
            syncing.look_and_store(account_id, look=slow, store=store)
        else:
            asked.wait(10)
            syncing.look_and_store(account_id, look=lambda: "new", store=store)
            stored.set()

    race(2, run)
    return notes


def test_an_answer_that_was_overtaken_is_asked_for_again(team):
    assert look_in_turns(ensure_account(team).pk) == ["new", "newest"]


def test_without_the_number_the_older_answer_wins(team, monkeypatch):
    """The canary."""
    monkeypatch.setattr(syncing, "is_overtaken", lambda _account, _number: False)

    assert look_in_turns(ensure_account(team).pk) == ["new", "old"]


def agree(team) -> Subscription:
    now = datetime.now(UTC)
    return start_manual(
        team=team,
        plan_version=get_plan_version("premium"),
        interval="year",
        price_cents=400_000,
        period=(now, now + timedelta(days=365)),
    )


def test_two_clerks_at_once_agree_one_subscription(make_team):
    team = make_team("free")

    race(3, lambda _: agree(team))

    assert Subscription.objects.count() == 1
    assert SubscriptionChange.objects.count() == 1


def test_the_database_holds_one_live_subscription_a_team(team):
    account = ensure_account(team)
    now = datetime.now(UTC)
    values = {
        "account": account, "provider": "manual", "plan_version": team.plan_version, "interval": "year",
        "status": "active", "price_cents": 1, "anchor_at": now, "current_period_start": now,
        "current_period_end": now + timedelta(days=1),
    }  # fmt: skip
    Subscription.objects.create(**values)

    with pytest.raises(IntegrityError, match="billing_subscription_one_live"):
        Subscription.objects.create(**values)


def test_the_database_counts_a_change_once_and_for_good(make_team):
    agree(make_team("free"))
    change = SubscriptionChange.objects.get()

    with pytest.raises(IntegrityError, match="stay as they were written"):
        SubscriptionChange.objects.update(mrr_after_cents=1)
    change.pk = None
    with pytest.raises(IntegrityError, match="reason"):
        change.save(force_insert=True)
