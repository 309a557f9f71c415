"""The staff gives a payment back, and closes invoices of transfers: with a reason, in the trail, once."""

import uuid

import pytest
from django.urls import reverse

from apps.billing.models import Invoice, PaymentReversal, TopupOrder
from apps.billing.services import fulfil_session, issue_invoice, start_manual, start_topup, sync_account
from apps.plans.selectors import get_plan_version, list_topup_packages
from apps.system.models import AuditEntry

from .conftest import BACK, account_of, credits_of, stand


@pytest.fixture
def act(client, make_user):
    """`act(row, "refund", amount_cents=…)`: the form of the page, sent with a reason."""
    client.force_login(make_user("root@operator.example", is_staff=True, is_superuser=True))

    def send(row, slug: str, **given):
        name = "topup_act" if isinstance(row, TopupOrder) else "invoice_act"
        form = {"reason": "They asked in time", "key": str(uuid.uuid4()), **given}
        return client.post(reverse(f"admin:{name}", args=[row.pk, slug]), form)

    send.client = client
    return send


@pytest.fixture
def order(team, stripe) -> TopupOrder:
    """500 credits for 5,000 cents, paid and granted."""
    package = next(one for one in list_topup_packages() if one.unit == "credits")
    begun = start_topup(team=team, member=team.owner, package=package.code, back=BACK)
    assert stripe.pay(begun.stripe_session_id)
    return fulfil_session(begun.stripe_session_id)


@pytest.fixture
def transfer(team) -> Invoice:
    """An open invoice of a team that pays by transfer."""
    plan = get_plan_version("premium")
    period = (team.billing_anchor_at, team.billing_anchor_at.replace(year=team.billing_anchor_at.year + 2))
    row = start_manual(team=team, plan_version=plan, interval="year", price_cents=400_000, period=period)
    return issue_invoice(subscription=row, number="2026-17", total_cents=400_000, is_paid=False)


def refunds_at(stripe) -> list[int]:
    return [one["amount"] for one in stripe.world.every("refund")]


def trail() -> list[tuple]:
    rows = AuditEntry.objects.order_by("id")
    return list(rows.values_list("action", "reason", "team_id"))


def say(answer) -> list[str]:
    return [text for texts in answer.context["form"].errors.values() for text in texts]


def test_a_part_of_a_top_up_and_then_the_rest(act, order, team, stripe):
    before, key = credits_of(team), str(uuid.uuid4())

    for _ in range(2):
        answer = act(order, "refund", amount_cents="2000", key=key)
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/billing/topuporder/{order.pk}/change/")
    order.refresh_from_db()
    assert (refunds_at(stripe), order.refunded_cents, order.state) == ([2_000], 2_000, "paid")
    assert credits_of(team) == before - 200
    assert trail() == [("payment.refund", "They asked in time", team.pk)]
    assert AuditEntry.objects.get().after == {
        "topup": str(order.pk), "what": "500 credits", "price_cents": 5_000, "currency": "USD", "refund_cents": 2_000,
        "key": key,
    }  # fmt: skip

    act(order, "refund")
    order.refresh_from_db()
    assert (refunds_at(stripe), order.state, credits_of(team)) == ([2_000, 3_000], "refunded", before - 500)
    assert say(act(order, "refund")) == ["All of this payment went back already."]
    assert sum(PaymentReversal.objects.values_list("amount_cents", flat=True)) == 5_000


def test_the_invoice_of_a_top_up_says_what_went_back(act, order, team, stripe):
    sync_account(order.account_id)
    own = Invoice.objects.get(stripe_payment_intent_id=order.stripe_payment_intent_id)

    act(own, "refund", amount_cents="1000")

    own.refresh_from_db()
    order.refresh_from_db()
    assert (own.refunded_cents, order.refunded_cents, order.revoked_quantity) == (1_000, 1_000, 100)


def test_a_plans_payment_takes_the_periods_credits_and_leaves_the_plan(act, subscribe, free_team, stripe):
    subscribe(free_team)
    invoice = Invoice.objects.get()

    act(invoice, "refund", amount_cents="900")
    assert credits_of(free_team) == 1_000
    act(invoice, "refund")

    invoice.refresh_from_db()
    assert (refunds_at(stripe), invoice.refunded_cents) == ([900, 19_000], 19_900)
    assert (credits_of(free_team), stand(free_team)) == (0, ("standard", "current"))
    page = act.client.get(reverse("admin:billing_invoice_change", args=[invoice.pk])).content.decode()
    assert "Give the payment back" not in page


@pytest.mark.parametrize("given", [{"reason": " "}, {"amount_cents": "0"}, {"amount_cents": "5001"}, {"key": "x"}])
def test_what_is_wrong_is_said_in_the_form_and_gives_nothing_back(act, order, team, stripe, given):
    before = credits_of(team)

    answer = act(order, "refund", **given)

    assert (answer.status_code, bool(say(answer))) == (200, True)
    assert (refunds_at(stripe), credits_of(team), trail()) == ([], before, [])


def test_nothing_goes_back_twice_nor_while_it_is_disputed(act, order, stripe):
    stripe.dispute(order.stripe_payment_intent_id)

    assert say(act(order, "refund")) == ["The payment is disputed: the customer's bank has the money back already."]
    assert (refunds_at(stripe), trail()) == ([], [])


def test_a_refund_that_fails_at_stripe_stands_in_the_trail_as_failed(act, order, team, stripe):
    stripe.trouble.plan(method="POST", path="/v1/refunds", times=9)

    answer = act(order, "refund")

    assert say(answer) == [
        "The payment provider does not answer at the moment. Please try again; your plan stays as it is."
    ]
    assert [action for action, *_ in trail()] == ["payment.refund", "payment.refund_failed"]
    assert AuditEntry.objects.latest("id").after["error"] == "billing.unavailable"


@pytest.mark.parametrize(("slug", "status", "paid"), [("paid", "paid", 400_000), ("void", "void", 0)])
def test_the_transfer_of_an_open_invoice_came_or_is_no_longer_wanted(act, transfer, team, slug, status, paid):
    assert act(transfer, slug).status_code == 302

    transfer.refresh_from_db()
    assert (transfer.status, transfer.amount_paid_cents, transfer.amount_due_cents) == (status, paid, 0)
    assert (transfer.paid_at is not None) is (status == "paid")
    assert trail() == [(f"invoice.{status}", "They asked in time", team.pk)]
    again = act(transfer, "paid")
    assert say(again) == ["Only an open invoice of a transfer is marked as paid or void."]
    assert say(act(transfer, "refund")) == ["This was not paid by card, so there is nothing to give back here."]
    assert len(trail()) == 1


def test_stripes_invoices_are_closed_by_stripe_alone(act, subscribe, free_team):
    subscribe(free_team)
    invoice = account_of(free_team).invoices.get()

    assert say(act(invoice, "void")) == ["Only an open invoice of a transfer is marked as paid or void."]
    assert trail() == []
