"""Events: believed only when signed, kept first, worked off by jobs, ignored where they are none of ours."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.billing.models import StripeEvent
from apps.billing.services import process_event, replay_event, start_checkout, sweep_events
from apps.jobs.models import Job

from .conftest import BACK, WEBHOOK, account_of, stand

EVENT = {
    "id": "evt_1", "object": "event", "type": "customer.subscription.updated", "created": 1_790_000_000,
    "api_version": "2026-10-28.endive", "livemode": False,
    "data": {"object": {"id": "sub_1", "object": "subscription", "customer": "cus_nobody"}},
}  # fmt: skip


def post(body: str | bytes, signature: str = "") -> tuple[int, str]:
    answer = APIClient().post(WEBHOOK, body, content_type="application/json", headers={"Stripe-Signature": signature})
    return answer.status_code, answer.json().get("error", {}).get("code", "")


def sign(stripe, body: str) -> tuple[str, str]:
    from stripe import WebhookSignature

    return body, WebhookSignature.generate_signature_header(body, stripe.webhook_secret)


def test_a_signed_event_is_kept_word_for_word(stripe, post_event):
    answer = post_event(EVENT)

    assert (answer.status_code, answer.json()) == (200, {"received": True})
    stored = StripeEvent.objects.get()
    assert (stored.payload, stored.state, stored.object_id, stored.customer_id) == (
        EVENT, "received", "sub_1", "cus_nobody",
    )  # fmt: skip
    assert Job.objects.get(kind="billing.process_event").dedup_key == "evt_1"


@pytest.mark.parametrize("fault", ["tampered", "unsigned", "foreign secret", "old", "empty", "no json"])
def test_what_stripe_did_not_sign_is_refused_and_not_kept(stripe, fault, settings):
    body, signature = stripe.signed(EVENT)
    match fault:
        case "tampered":
            body = body.replace("cus_nobody", "cus_somebody")
        case "unsigned":
            signature = ""
        case "foreign secret":
            settings.STRIPE_WEBHOOK_SECRET = "whsec_other"
        case "old":
            from stripe import WebhookSignature

            then = int(timezone.now().timestamp()) - 301
            signature = WebhookSignature.generate_signature_header(body, stripe.webhook_secret, timestamp=then)
        case "empty":
            body, signature = stripe.signed({})
        case "no json":
            body, signature = sign(stripe, "not json")

    assert post(body, signature) == (400, "billing.signature_invalid")
    assert not StripeEvent.objects.exists()


def test_bytes_that_are_no_text_are_refused(stripe):
    assert post(b"\xff\xfe{}", "t=1,v1=00") == (400, "billing.signature_invalid")


@pytest.mark.parametrize("broken", ["\\u0000", "\\ud800", "\\udfff\\ud800"])
@pytest.mark.parametrize("kind", ["customer.updated", "customer.subscription.updated"])
def test_text_that_no_database_takes_keeps_no_event_from_us(stripe, run_jobs, broken, kind):
    """Stripe would send it again for days, and then stop sending anything."""
    note = f'"metadata": {{"a{broken}": "x{broken}y"}}, "customer": "cus{broken}"'
    body = json.dumps(EVENT | {"type": kind}).replace('"customer": "cus_nobody"', note)
    mended = "\ufffd" * (len(broken) // 6)

    assert post(*sign(stripe, body)) == (200, "")
    run_jobs()

    stored = StripeEvent.objects.get()
    assert stored.payload["data"]["object"]["metadata"] == {f"a{mended}": f"x{mended}y"}
    assert (stored.customer_id, stored.state) == (f"cus{mended}", "ignored")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"cus_nobody"', f'"c", "n": {"[" * 5000}{"]" * 5000}'), ('"cus_nobody"', f'"c", "n": {"[" * 900}{"]" * 900}'),
        ('"cus_nobody"', '"c", "n": 1e400'), ('"cus_nobody"', '"c", "n": NaN'), ('"evt_1"', '["evt_1"]'),
        ('"evt_1"', '""'), ('"customer.subscription.updated"', '{"a": 1}'), ('"cus_nobody"', f'"c", "n": {"9" * 5000}'),
    ],
)  # fmt: skip
def test_a_signed_body_that_is_no_event_is_refused(stripe, was, becomes):
    body = json.dumps(EVENT).replace(was, becomes)

    assert post(*sign(stripe, body)) == (400, "billing.signature_invalid")
    assert not StripeEvent.objects.exists()


def test_a_huge_body_is_refused_before_it_is_read(stripe):
    assert post(json.dumps({"x": "y" * 600_000}), "t=1,v1=00") == (400, "billing.event_too_large")


def test_without_a_secret_nothing_is_believed(stripe, settings):
    settings.STRIPE_WEBHOOK_SECRET = ""

    assert post(*stripe.signed(EVENT)) == (503, "billing.not_configured")


def test_an_event_that_comes_twice_is_one(stripe, post_event, run_jobs):
    for _ in range(3):
        assert post_event(EVENT).status_code == 200
    run_jobs()
    assert post_event(EVENT).status_code == 200

    assert StripeEvent.objects.count() == 1
    assert Job.objects.filter(kind="billing.process_event").count() == 1


def test_of_an_unknown_customer_it_is_ignored_with_a_record(stripe, post_event, run_jobs):
    post_event(EVENT)
    run_jobs()

    stored = StripeEvent.objects.get()
    assert (stored.state, stored.error, stored.attempts) == ("ignored", "Unknown customer.", 1)


@pytest.mark.parametrize("kind", ["product.created", "invoice.paid", "checkout.session.completed", "charge.refunded",
                                  "charge.dispute.created", "customer.updated", "some.future.thing"])  # fmt: skip
def test_no_event_of_strangers_breaks_anything(stripe, post_event, run_jobs, kind):
    post_event({**EVENT, "type": kind})
    run_jobs()

    assert StripeEvent.objects.get().state == "ignored"


def test_while_stripe_is_away_events_wait_and_are_worked_off_later(free_team, stripe, post_event, run_jobs):
    order = start_checkout(team=free_team, member=free_team.owner, plan="standard", interval="month", back=BACK)
    stripe.pay(order.stripe_session_id)
    (event,) = stripe.take_events("checkout.session.completed")
    stripe.trouble.plan(status=500, times=1_000)
    post_event(event)
    run_jobs()
    stored = StripeEvent.objects.get()
    assert (stored.state, stored.error) == ("received", "billing.unavailable")
    assert stand(free_team) == ("free", "current")

    stripe.trouble.clear()
    StripeEvent.objects.update(received_at=timezone.now() - timedelta(minutes=5))
    from apps.billing.gateways.client import BREAKER
    from apps.core.resilience import reset_breaker

    reset_breaker(BREAKER)
    assert sweep_events() == 1
    run_jobs()

    assert StripeEvent.objects.get().state == "processed"
    assert stand(free_team) == ("standard", "current")


def test_an_event_whose_job_was_lost_is_swept(stripe, post_event, run_jobs):
    post_event(EVENT)
    Job.objects.all().delete()
    StripeEvent.objects.update(received_at=timezone.now() - timedelta(minutes=5))

    assert sweep_events() == 1
    assert sweep_events() == 0
    run_jobs()

    assert StripeEvent.objects.get().state == "ignored"


def test_an_event_can_be_replayed(free_team, subscribe, stripe, tell, run_jobs):
    subscribe(free_team)
    tell("customer.subscription.created")
    event = StripeEvent.objects.get()

    replay_event(event.pk)
    run_jobs()

    event.refresh_from_db()
    assert (event.state, event.attempts) == ("processed", 2)


def test_processing_it_twice_does_it_once(free_team, subscribe, stripe, tell):
    subscribe(free_team)
    tell("customer.subscription.created")

    assert process_event(StripeEvent.objects.get().pk) == "processed"
    assert StripeEvent.objects.get().attempts == 1


def test_what_is_changed_on_stripes_pages_is_taken_over(free_team, subscribe, stripe, tell):
    subscribe(free_team)
    from apps.billing.gateways.client import stripe_api

    customer = account_of(free_team).stripe_customer_id
    with stripe_api() as api:
        api.customers.update(
            customer, {"name": "Example FZ-LLC", "address": {"line1": "1 Main Road", "city": "Dubai", "country": "AE"}}
        )
        api.customers.tax_ids.create(customer, {"type": "ae_trn", "value": "123456789012345"})
    tell()

    account = account_of(free_team)
    assert (account.legal_name, account.tax_id_type, account.tax_id) == ("Example FZ-LLC", "ae_trn", "123456789012345")
    assert account.address == {"line1": "1 Main Road", "city": "Dubai", "country": "AE"}
