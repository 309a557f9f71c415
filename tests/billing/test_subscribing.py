"""From Free to a paid plan, by the pay page, the success page and webhooks in any order."""

import pytest

from apps.billing.errors import BillingUnavailable, CheckoutNotFound, PlanNotForSale, SubscriptionExists
from apps.billing.gateways.client import stripe_api
from apps.billing.models import Checkout, Invoice, Subscription, SubscriptionChange
from apps.billing.services import fulfil_session, start_checkout, sync_account
from apps.teams.models import Team

from .conftest import BACK, account_of, credits_of, reload, stand


def test_a_free_team_pays_for_standard(free_team, subscribe):
    subscription = subscribe(free_team)

    team = reload(free_team)
    assert stand(team) == ("standard", "current")
    assert credits_of(team) == 1_000
    assert team.paid_until == subscription.current_period_end == subscription.paid_until
    assert (subscription.price_cents, subscription.currency, subscription.status) == (19_900, "USD", "active")
    assert Checkout.objects.get().state == "completed"
    change = SubscriptionChange.objects.get()
    assert (change.kind, change.mrr_before_cents, change.mrr_after_cents) == ("new", 0, 19_900)
    invoice = Invoice.objects.get()
    assert (invoice.status, invoice.total_cents, invoice.amount_paid_cents) == ("paid", 19_900, 19_900)
    assert all([invoice.number, invoice.pdf_url, invoice.stripe_payment_intent_id])
    assert invoice.subscription == subscription


def test_the_year_is_a_fifth_cheaper_and_counts_as_a_twelfth_a_month(free_team, subscribe):
    subscription = subscribe(free_team, interval="year")

    assert subscription.price_cents == 191_040
    assert SubscriptionChange.objects.get().mrr_after_cents == 15_920
    assert credits_of(free_team) == 1_000
    assert (subscription.current_period_end - subscription.current_period_start).days in {365, 366}


@pytest.mark.parametrize(("cents", "mrr"), [(191_040, 15_920), (100, 8), (114, 10), (6, 1), (5, 0)])
def test_a_twelfth_is_rounded_half_up(cents, mrr):
    assert Subscription(price_cents=cents, interval="year").mrr_cents == mrr


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("times", [1, 3])
def test_webhooks_alone_do_it_in_any_order_and_number(free_team, stripe, tell, backwards, times):
    order = start_checkout(team=free_team, member=free_team.owner, plan="premium", interval="month", back=BACK)
    stripe.pay(order.stripe_session_id)

    types = tell(times=times, backwards=backwards)

    assert "checkout.session.completed" in types
    assert stand(free_team) == ("premium", "current")
    assert credits_of(free_team) == 5_000
    assert SubscriptionChange.objects.count() == 1
    assert Checkout.objects.get().state == "completed"


def test_the_page_that_is_open_is_opened_again(free_team, stripe):
    first = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    again = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)

    assert (again.pk, again.url) == (first.pk, first.url)


def test_another_plan_closes_the_page_that_is_open(free_team, stripe):
    first = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    other = start_checkout(team=free_team, member=free_team.owner, plan="premium", interval="year", back=BACK)

    first.refresh_from_db()
    assert (first.state, other.state) == ("expired", "open")
    with pytest.raises(Exception, match="no longer open"):
        stripe.pay(first.stripe_session_id)


def test_a_team_has_one_plan(free_team, subscribe):
    subscribe(free_team)

    with pytest.raises(SubscriptionExists):
        start_checkout(team=free_team, member=free_team.owner, plan="premium", interval="month", back=BACK)


def test_a_page_that_was_paid_meanwhile_is_what_counts(free_team, stripe):
    """Paid in one window while another window asks for another plan."""
    first = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    stripe.pay(first.stripe_session_id)

    with pytest.raises(SubscriptionExists):
        start_checkout(team=free_team, member=free_team.owner, plan="premium", interval="month", back=BACK)

    assert stand(free_team) == ("standard", "current")


def subscribe_again(team, live: Subscription):
    """The same plan once more, paid with the same card."""
    with stripe_api() as api:
        first = api.subscriptions.retrieve(live.stripe_subscription_id)
        return api.subscriptions.create(
            {
                "customer": account_of(team).stripe_customer_id,
                "items": [{"price": first["items"].data[0].price.id}],
                "default_payment_method": first.default_payment_method,
            }
        )


def test_a_second_subscription_is_ended_and_given_back(free_team, subscribe, stripe, tell):
    """Two windows at the very same moment: whatever got paid twice goes back."""
    live = subscribe(free_team)
    second = subscribe_again(free_team, live)
    tell()

    with stripe_api() as api:
        assert api.subscriptions.retrieve(second.id).status == "canceled"
        assert api.subscriptions.retrieve(live.stripe_subscription_id).status == "active"
        assert [refund.amount for refund in api.refunds.list().data] == [19_900]
    assert Subscription.objects.get().pk == live.pk
    assert stand(free_team) == ("standard", "current")


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/refunds"), ("DELETE", "/v1/subscriptions/")])
@pytest.mark.parametrize("after", [False, True], ids=["before the work", "after it"])
def test_what_was_paid_twice_goes_back_also_after_an_outage(free_team, subscribe, stripe, method, path, after):
    """Stripe fell silent between ending the second subscription and giving its payment back."""
    live = subscribe(free_team)
    second = subscribe_again(free_team, live)
    stripe.trouble.plan(times=100, path=path, method=method, after=after)
    with pytest.raises(BillingUnavailable):
        sync_account(account_of(free_team).pk)
    stripe.trouble.clear()

    for _ in range(2):
        sync_account(account_of(free_team).pk)

    with stripe_api() as api:
        assert api.subscriptions.retrieve(second.id).status == "canceled"
        assert [refund.amount for refund in api.refunds.list().data] == [19_900]
    assert Subscription.objects.get().pk == live.pk


def test_a_declined_card_leaves_everything(free_team, stripe):
    order = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)

    assert not stripe.pay(order.stripe_session_id, "declined")
    assert fulfil_session(order.stripe_session_id).state == "open"
    assert stand(free_team) == ("free", "current")
    assert not Subscription.objects.exists()


def test_free_is_not_for_sale(free_team, stripe):
    with pytest.raises(PlanNotForSale):
        start_checkout(team=free_team, member=free_team.owner, plan="free", interval="month", back=BACK)


def test_another_teams_checkout_is_unknown(free_team, other_team, stripe):
    order = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)

    with pytest.raises(CheckoutNotFound):
        fulfil_session(order.stripe_session_id, team_id=other_team.pk)


def test_stripe_away_changes_nothing_and_says_when_to_come_back(free_team, stripe):
    stripe.trouble.plan(status=503, times=100)

    with pytest.raises(BillingUnavailable) as refused:
        start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)

    assert refused.value.retry_after
    assert stand(free_team) == ("free", "current")


def test_a_lost_answer_does_not_make_a_second_customer_or_page(free_team, stripe):
    stripe.trouble.plan(hang_up=True, times=1, path="/v1/customers", method="POST", after=True)
    stripe.trouble.plan(hang_up=True, times=1, path="/v1/checkout/sessions", method="POST", after=True)

    start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)

    with stripe.world.lock:
        assert len(list(stripe.world.every("customer"))) == 1
        assert len(list(stripe.world.every("checkout.session"))) == 1


def test_prices_are_made_once_and_carry_the_plans_version(free_team, other_team, make_team, stripe):
    for team in (free_team, make_team("free")):
        start_checkout(team=team, member=team.owner, plan="standard", interval="month", back=BACK)

    with stripe.world.lock:
        assert [price["lookup_key"] for price in stripe.world.every("price")] == ["plan:standard:v1:month"]
        assert [product["id"] for product in stripe.world.every("product")] == ["plan_standard"]


def test_nothing_was_touched_in_another_team(free_team, other_team, subscribe):
    before = Team.objects.values().get(pk=other_team.pk)

    subscribe(free_team)

    assert Team.objects.values().get(pk=other_team.pk) == before
