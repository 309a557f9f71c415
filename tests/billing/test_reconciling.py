"""The nightly comparison repairs what was missed and ends nothing that it does not find."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from apps.billing.gateways.client import stripe_api
from apps.billing.models import Checkout, ReconciliationRun, Subscription, TopupOrder
from apps.billing.services import cancel_subscription, fulfil_session, reconcile, start_checkout, start_topup
from apps.billing.tasks import reconcile as submit_reconciliation
from apps.plans.selectors import list_topup_packages

from .conftest import BACK, credits_of, stand


def test_without_webhooks_everything_is_found(free_team, other_team, stripe, run_jobs):
    """Paid, topped up and refunded, and not a single event arrived."""
    plan = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    stripe.pay(plan.stripe_session_id)
    package = list_topup_packages()[0].code
    topups = [start_topup(team=other_team, member=other_team.owner, package=package, back=BACK) for _ in range(2)]
    for topup in topups:
        stripe.pay(topup.stripe_session_id)
    before = credits_of(other_team)

    submit_reconciliation()
    run_jobs()

    run = ReconciliationRun.objects.get()
    assert stand(free_team) == ("standard", "current")
    assert credits_of(other_team) == before + 1_000
    assert (run.error, run.unknown, run.finished_at is not None) == ("", [], True)
    assert {one["kind"] for one in run.repaired} == {"subscription", "checkout"}

    with stripe_api() as api:
        api.refunds.create({"payment_intent": TopupOrder.objects.first().stripe_payment_intent_id})
    run = reconcile()

    assert [one["kind"] for one in run.repaired] == ["refund"]
    assert credits_of(other_team) == before + 500


def test_a_second_run_finds_nothing(free_team, subscribe, stripe):
    subscribe(free_team)
    reconcile()

    run = reconcile()

    assert (run.repaired, run.unknown) == ([], [])
    assert run.checked == {"subscription": 1, "checkout": 1, "refund": 0, "dispute": 0, "order": 0}


def test_a_missed_dispute(other_team, stripe):
    before = credits_of(other_team)
    package = list_topup_packages()[0].code
    order = start_topup(team=other_team, member=other_team.owner, package=package, back=BACK)
    stripe.pay(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)
    order.refresh_from_db()
    stripe.dispute(order.stripe_payment_intent_id)

    reconcile()

    order.refresh_from_db()
    assert (order.state, credits_of(other_team)) == ("disputed", before)


def test_a_missed_end(free_team, subscribe, stripe):
    subscribe(free_team)
    cancel_subscription(team=free_team)
    stripe.advance(days=32)

    reconcile()

    assert stand(free_team) == ("free", "current")


def test_what_stripe_does_not_know_is_reported_and_left_alone(free_team, subscribe, stripe):
    """As with a key of another account: an empty list ends nobody's plan."""
    row = subscribe(free_team)
    with stripe.world.lock:
        for item in list(stripe.world.items.values()):
            if item["object"] in {"subscription", "customer", "checkout.session", "invoice"}:
                del stripe.world.items[item["id"]]

    run = reconcile()

    row.refresh_from_db()
    assert (row.ended_at, stand(free_team)) == (None, ("standard", "current"))
    assert [(one["kind"], one["id"]) for one in run.unknown] == [("subscription", row.stripe_subscription_id)]


def test_a_wrong_key_is_reported_and_changes_nothing(free_team, subscribe, stripe, settings):
    subscribe(free_team)
    settings.STRIPE_SECRET_KEY = "sk_test_somebody_elses"

    run = reconcile()

    assert run.error == "billing.refused"
    assert stand(free_team) == ("standard", "current")


def test_after_a_failed_run_the_next_looks_as_far_back(free_team, subscribe, stripe):
    subscribe(free_team)
    first = reconcile()
    stripe.trouble.plan(status=500, times=50)
    assert reconcile().error == "billing.unavailable"
    stripe.trouble.clear()

    assert reconcile().since == first.started_at - timedelta(days=1)


def test_pages_that_nobody_paid_expire(free_team, other_team, stripe):
    plan = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    package = list_topup_packages()[0].code
    start_topup(team=other_team, member=other_team.owner, package=package, back=BACK)
    lost = Checkout.objects.create(
        account=TopupOrder.objects.get().account, plan_version=plan.plan_version, interval="month"
    )
    stripe.advance(days=2)
    long_ago = timezone.now() - timedelta(days=2)
    Checkout.objects.update(created_at=long_ago)
    TopupOrder.objects.update(created_at=long_ago)

    reconcile()

    lost.refresh_from_db()
    assert set(Checkout.objects.values_list("state", flat=True)) == {"expired"} == {TopupOrder.objects.get().state}


def test_without_a_key_there_is_nothing_to_compare(db, settings):
    settings.STRIPE_SECRET_KEY = ""

    assert reconcile() is None
    assert not ReconciliationRun.objects.exists()


def test_a_strangers_subscription_is_reported(stripe, db):
    with stripe_api() as api:
        customer = api.customers.create({"email": "x@example.com", "payment_method": "pm_card_visa",
                                         "invoice_settings": {"default_payment_method": "pm_card_visa"}})  # fmt: skip
        product = api.products.create({"name": "Something else"})
        price = api.prices.create(
            {"product": product.id, "currency": "usd", "unit_amount": 100, "recurring": {"interval": "month"}}
        )
        api.subscriptions.create({"customer": customer.id, "items": [{"price": price.id}]})

    run = reconcile()

    assert [one["what"] for one in run.unknown] == ["Of a customer that we do not know."]
    assert not Subscription.objects.exists()


def test_one_that_cannot_be_settled_stops_no_other(free_team, other_team, stripe):
    """A team without its tables, as after half a restore: the others are repaired, and the next run looks again."""
    whole = reconcile()
    package = list_topup_packages()[0].code
    lost = start_topup(team=other_team, member=other_team.owner, package=package, back=BACK)
    stripe.pay(lost.stripe_session_id)
    plan = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    stripe.pay(plan.stripe_session_id)
    before = credits_of(other_team)
    rename_schema(other_team.schema_name, "t_elsewhere")

    run = reconcile()

    assert stand(free_team) == ("standard", "current")
    assert run.error == "billing.object_failed"
    assert [(one["kind"], one["id"]) for one in run.unknown] == [("checkout", lost.stripe_session_id)]

    rename_schema("t_elsewhere", other_team.schema_name)
    again = reconcile()

    assert (again.error, again.since) == ("", run.since) == ("", whole.started_at - timedelta(days=1))
    assert credits_of(other_team) == before + 500


def test_one_that_stripe_refuses_stops_no_other(other_team, stripe):
    first, last = (
        start_topup(team=other_team, member=other_team.owner, package="credits_500", back=BACK) for _ in range(2)
    )
    for order in (first, last):
        stripe.pay(order.stripe_session_id)
    stripe.trouble.plan(status=400, path=f"/v1/checkout/sessions/{last.stripe_session_id}")

    run = reconcile()

    assert (run.error, run.unknown[0]["id"]) == ("billing.object_failed", last.stripe_session_id)
    states = [TopupOrder.objects.get(pk=order.pk).state for order in (first, last)]
    assert (states, reconcile().error) == (["paid", "open"], "")
    assert TopupOrder.objects.get(pk=last.pk).state == "paid"


def test_what_was_paid_otherwise_than_ordered_is_reported(other_team, stripe):
    order = start_topup(team=other_team, member=other_team.owner, package="credits_500", back=BACK)
    stripe.pay(order.stripe_session_id)
    TopupOrder.objects.update(currency="EUR")
    before = credits_of(other_team)

    run = reconcile()

    assert run.unknown == [
        {
            "kind": "checkout", "id": order.stripe_session_id,
            "what": "Paid, but not as it was ordered: nothing was given.",
        }
    ]  # fmt: skip
    assert (run.error, TopupOrder.objects.get().state, credits_of(other_team)) == ("", "open", before)


def rename_schema(name: str, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER SCHEMA "{name}" RENAME TO "{new}"')
