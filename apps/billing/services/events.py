"""Events of Stripe: kept word for word, answered at once, and worked off by jobs that look at Stripe themselves."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.billing import gateways
from apps.billing.errors import CheckoutNotFound
from apps.billing.models import BillingAccount, StripeEvent
from apps.core.errors import DomainError, Kind
from apps.jobs.models import Job
from apps.jobs.services import submit_job

from .customers import mirror_customer
from .fulfilling import fail_topup, find_order, fulfil_session
from .refunding import settle_payment
from .syncing import sync_account

EVENT_KIND = "billing.process_event"
LEFT_BEHIND_AFTER = timedelta(minutes=2)
KEPT_TRYING = timedelta(days=3)
BATCH = 200
State = StripeEvent.State
logger = structlog.get_logger(__name__)


@transaction.atomic
def receive_event(*, body: bytes, signature: str) -> StripeEvent:
    """Store an event that Stripe signed and have a job look at what it is about; known events change nothing.

    Raises `SignatureInvalid`, `EventTooLarge`, `BillingNotConfigured`; then nothing is stored.
    """
    facts = gateways.read_event(body=body, signature=signature)
    event = StripeEvent(
        id=facts.id,
        type=facts.type,
        object_id=facts.object_id,
        customer_id=facts.customer_id,
        created=facts.created,
        api_version=facts.api_version,
        livemode=facts.livemode,
        payload=facts.payload,
    )
    StripeEvent.objects.bulk_create([event], ignore_conflicts=True)
    stored = StripeEvent.objects.get(pk=facts.id)
    if stored.state == State.RECEIVED:
        _submit(stored)
    return stored


def process_event(event_id: str) -> str:
    """Look at Stripe for what an event is about, take it over, and say how it went. Repeatable, in any order."""
    event = StripeEvent.objects.get(pk=event_id)
    if event.state in {State.PROCESSED, State.IGNORED}:
        return event.state
    StripeEvent.objects.filter(pk=event.pk).update(attempts=F("attempts") + 1)
    try:
        note = _act(event)
    except DomainError as error:
        _settle(event, State.RECEIVED if error.kind == Kind.UNAVAILABLE else State.FAILED, error=error.code)
        raise
    except Exception as error:
        _settle(event, State.FAILED, error=f"{type(error).__name__}: {error}"[:500])
        raise
    return _settle(event, State.IGNORED if note else State.PROCESSED, error=note)


def replay_event(event_id: str) -> StripeEvent:
    """Have an event looked at again, whatever became of it (the operator's action)."""
    event = StripeEvent.objects.get(pk=event_id)
    StripeEvent.objects.filter(pk=event.pk).update(state=State.RECEIVED, error="", processed_at=None)
    _submit(event)
    event.refresh_from_db()
    return event


def sweep_events() -> int:
    """Submit what waits although nobody works on it: its job was lost, or Stripe was away; for three days."""
    now = timezone.now()
    waiting = StripeEvent.objects.filter(
        state=State.RECEIVED, received_at__lt=now - LEFT_BEHIND_AFTER, received_at__gte=now - KEPT_TRYING
    ).order_by("received_at")
    return sum(_submit(event).is_new for event in waiting[:BATCH])


def _submit(event: StripeEvent) -> Job:
    return submit_job(
        kind=EVENT_KIND, params={"event": event.pk}, dedup_key=event.pk[:160], queue=Job.Queue.PRIORITY, max_attempts=5
    )


def _settle(event: StripeEvent, state: State, *, error: str = "") -> str:
    processed_at = timezone.now() if state in {State.PROCESSED, State.IGNORED} else None
    StripeEvent.objects.filter(pk=event.pk).update(state=state, error=error, processed_at=processed_at)
    return state


def _act(event: StripeEvent) -> str:
    """What to do about an event; returns why it was ignored, or nothing."""
    for prefix, act in _ACTS.items():
        if event.type.startswith(prefix):
            return act(event)
    return "Nothing here depends on it."


def _look_at_account(event: StripeEvent) -> str:
    account = BillingAccount.objects.filter(stripe_customer_id=event.customer_id).first() if event.customer_id else None
    if account is None:
        return "Unknown customer."
    sync_account(account.pk)
    return ""


def _look_at_customer(event: StripeEvent) -> str:
    account = BillingAccount.objects.filter(stripe_customer_id=event.customer_id).first() if event.customer_id else None
    if account is None:
        return "Unknown customer."
    mirror_customer(account.pk)
    return ""


def _look_at_session(event: StripeEvent) -> str:
    if find_order(event.object_id) is None:
        return "Unknown checkout."
    try:
        fulfil_session(event.object_id)
    except CheckoutNotFound:
        return "Stripe does not know the checkout."
    if event.type.endswith("async_payment_failed"):
        fail_topup(event.object_id)
    return ""


def _look_at_payment(event: StripeEvent) -> str:
    payment = event.payload["data"]["object"].get("payment_intent") or ""
    if not payment or not settle_payment(payment):
        return "Unknown payment."
    return ""


_ACTS: dict[str, Callable[[StripeEvent], str]] = {
    "customer.subscription.": _look_at_account,
    "subscription_schedule.": _look_at_account,
    "invoice.": _look_at_account,
    "customer.tax_id.": _look_at_customer,
    "customer.updated": _look_at_customer,
    "checkout.session.": _look_at_session,
    "charge.refund": _look_at_payment,
    "charge.dispute.": _look_at_payment,
    "refund.": _look_at_payment,
}
