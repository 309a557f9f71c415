"""Top-ups: bought at the plan's price, granted once, taken back when the money goes back."""

import pytest

from apps.billing.errors import BillingUnavailable, NotPaying
from apps.billing.gateways.client import stripe_api
from apps.billing.models import PaymentReversal, TopupOrder
from apps.billing.services import fulfil_session, settle_payment, start_topup, sync_account
from apps.credits.models import Entry, Grant, Revocation
from apps.credits.services import capture_hold, hold_credits
from apps.plans.errors import PlanFeatureNotIncluded, TopupPackageNotFound
from apps.plans.selectors import list_topup_packages
from apps.teams.access import enter_team
from apps.teams.models import Team

from .conftest import BACK, credits_of


@pytest.fixture
def buy(stripe):
    """`buy(team, code)`: ordered and paid, not heard of yet."""

    def pay(team: Team, code: str | None = None, *, card: str = "good") -> TopupOrder:
        order = start_topup(team=team, member=team.owner, package=code or credits_package().code, back=BACK)
        assert stripe.pay(order.stripe_session_id, card)
        return order

    return pay


def credits_package():
    return next(one for one in list_topup_packages() if one.unit == "credits")


def refund(order: TopupOrder, cents: int | None = None) -> None:
    with stripe_api() as api:
        amount = {} if cents is None else {"amount": cents}
        api.refunds.create({"payment_intent": order.stripe_payment_intent_id, **amount})


def spend(team: Team, units: int) -> None:
    with enter_team(team):
        key = f"spent:{units}"
        hold_credits(action="discovery_pagination", units=units, key=key, member=team.owner)
        capture_hold(key=key)


def purchases(team: Team) -> list[Grant]:
    with enter_team(team):
        return list(Grant.objects.filter(origin="purchase").order_by("id"))


def test_a_top_up_is_paid_and_granted(team, buy):
    before = credits_of(team)
    package = credits_package()

    order = fulfil_session(buy(team).stripe_session_id)

    assert (order.state, order.price_cents, order.list_price_cents) == (
        "paid",
        package.price_cents,
        package.price_cents,
    )
    assert credits_of(team) == before + package.quantity
    (grant,) = purchases(team)
    assert grant.source_key == f"stripe:{order.stripe_payment_intent_id}"
    with enter_team(team):
        assert Entry.objects.get(key=f"grant:{grant.source_key}").member == team.owner


def test_units_of_an_action_can_be_bought(team, buy):
    package = next(one for one in list_topup_packages() if one.unit == "email_unlock")

    fulfil_session(buy(team, package.code).stripe_session_id)

    assert [(one.unit, one.remaining) for one in purchases(team)] == [("email_unlock", package.quantity)]


@pytest.mark.parametrize("package", range(4))
def test_premium_pays_exactly_a_fifth_less(other_team, stripe, package):
    one = list_topup_packages()[package]
    order = start_topup(team=other_team, member=other_team.owner, package=one.code, back=BACK)

    assert order.price_cents * 5 == one.price_cents * 4
    with stripe_api() as api:
        assert api.checkout.sessions.retrieve(order.stripe_session_id).amount_total == order.price_cents


def test_free_cannot_buy(free_team, stripe):
    with pytest.raises(PlanFeatureNotIncluded):
        start_topup(team=free_team, member=free_team.owner, package=credits_package().code, back=BACK)

    assert not TopupOrder.objects.exists()


def test_who_does_not_pay_the_plan_cannot_buy(team, stripe):
    Team.objects.filter(pk=team.pk).update(billing_state="read_only")

    with pytest.raises(NotPaying):
        start_topup(team=team, member=team.owner, package=credits_package().code, back=BACK)


def test_an_unknown_package(team, stripe):
    with pytest.raises(TopupPackageNotFound):
        start_topup(team=team, member=team.owner, package="nothing", back=BACK)


def test_webhook_and_success_page_grant_once(team, buy, tell):
    before = credits_of(team)
    order = buy(team)

    fulfil_session(order.stripe_session_id)
    tell(times=2)
    fulfil_session(order.stripe_session_id)

    assert credits_of(team) == before + order.quantity


def test_an_unpaid_page_grants_nothing(team, stripe):
    order = start_topup(team=team, member=team.owner, package=credits_package().code, back=BACK)

    assert fulfil_session(order.stripe_session_id).state == "open"
    assert purchases(team) == []


def test_a_bank_debit_is_granted_when_it_arrives(team, buy, stripe, tell):
    order = buy(team, card="debit")
    tell()
    assert purchases(team) == []

    stripe.advance(days=1)
    tell()

    order.refresh_from_db()
    assert (order.state, len(purchases(team))) == ("paid", 1)


def test_a_bank_debit_that_fails_leaves_nothing(team, buy, stripe, tell):
    order = buy(team, card="debit_fails")
    stripe.advance(days=1)
    tell()

    order.refresh_from_db()
    assert (order.state, purchases(team)) == ("failed", [])


def test_stripe_away_on_the_success_page_is_made_up_for(team, buy, stripe, tell):
    order = buy(team)
    stripe.trouble.plan(status=500, times=10)
    with pytest.raises(BillingUnavailable):
        fulfil_session(order.stripe_session_id)
    stripe.trouble.clear()

    tell()

    order.refresh_from_db()
    assert order.state == "paid"


def test_a_full_refund_takes_the_units_back(team, buy, tell):
    before = credits_of(team)
    order = fulfil_session(buy(team).stripe_session_id)
    refund(order)

    tell(times=2)

    order.refresh_from_db()
    assert (order.state, order.refunded_cents, order.revoked_quantity) == (
        "refunded", order.price_cents, order.quantity,
    )  # fmt: skip
    assert credits_of(team) == before


def test_refunds_in_part_take_their_part_rounded_for_the_customer(team, buy, tell):
    """500 credits for 5,000 cents: 1,999 cents are 199 credits, and the rest of the 5,000 all that is left."""
    order = fulfil_session(buy(team).stripe_session_id)
    assert (order.quantity, order.price_cents) == (500, 5_000)
    after = credits_of(team)

    refund(order, 1_999)
    tell()
    order.refresh_from_db()
    assert (order.state, order.revoked_quantity, credits_of(team)) == ("paid", 199, after - 199)

    refund(order, 1)
    tell()
    order.refresh_from_db()
    assert (order.revoked_quantity, credits_of(team)) == (200, after - 200)

    refund(order)
    tell()
    order.refresh_from_db()
    assert (order.state, order.revoked_quantity, credits_of(team)) == ("refunded", 500, after - 500)


def test_what_was_spent_of_a_refunded_top_up_is_owed(team, buy, tell):
    order = fulfil_session(buy(team).stripe_session_id)
    with enter_team(team):
        Grant.objects.exclude(pk=purchases(team)[0].pk).update(priority=200)
    spend(team, 5 + 10)  # five pages are free, ten cost 100 credits
    refund(order)

    tell()

    with enter_team(team):
        assert [(one.revoked, one.debt) for one in Revocation.objects.all()] == [(400, 100)]


def test_a_dispute_takes_back_and_a_won_one_gives_again(team, buy, stripe, tell):
    order = fulfil_session(buy(team).stripe_session_id)
    paid = credits_of(team)
    dispute = stripe.dispute(order.stripe_payment_intent_id)
    tell(times=2)
    order.refresh_from_db()
    assert (order.state, order.revoked_quantity, credits_of(team)) == ("disputed", 500, paid - 500)

    stripe.decide(dispute["id"], won=True)
    tell(backwards=True)

    order.refresh_from_db()
    assert (order.state, order.revoked_quantity, credits_of(team)) == ("paid", 0, paid)


def test_a_lost_dispute_stays(team, buy, stripe, tell):
    order = fulfil_session(buy(team).stripe_session_id)
    paid = credits_of(team)
    dispute = stripe.dispute(order.stripe_payment_intent_id)
    tell()
    stripe.decide(dispute["id"], won=False)
    tell()

    order.refresh_from_db()
    assert (order.state, credits_of(team)) == ("disputed", paid - 500)


def test_refunded_before_we_heard_of_the_payment(team, buy, stripe, tell):
    before = credits_of(team)
    order = buy(team)
    with stripe_api() as api:
        payment = api.checkout.sessions.retrieve(order.stripe_session_id).payment_intent
        api.refunds.create({"payment_intent": payment})

    tell(backwards=True)

    order.refresh_from_db()
    assert (order.state, credits_of(team)) == ("refunded", before)


def test_refunded_when_only_its_invoice_was_known(team, buy, stripe):
    """The invoice of a top-up and the refund may be heard of before the payment itself."""
    order = buy(team)
    payment = find_payment(stripe, order)
    with stripe_api() as api:
        api.refunds.create({"payment_intent": payment})
    sync_account(order.account_id)
    assert settle_payment(payment) is True

    fulfil_session(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)

    order.refresh_from_db()
    assert (order.state, order.refunded_cents, order.revoked_quantity) == ("refunded", 5_000, 500)
    rows = PaymentReversal.objects.values_list("order_id", "invoice_id", "kind", "amount_cents")
    assert list(rows) == [(order.pk, None, "refund", 5_000)]


def find_payment(stripe, order) -> str:
    with stripe.world.lock:
        return stripe.world.get("checkout.session", order.stripe_session_id)["payment_intent"]


def test_somebody_elses_payment_is_none_of_ours(team, stripe):
    assert settle_payment("pi_nobody") is False
