"""The nightly comparison: what webhooks failed to tell us is found by looking, and repaired by the same functions.

What Stripe does not know (404, an empty list, another account's key) is written down and left alone: a wrong key must
not end everybody's plan.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.utils import timezone

from apps.billing import gateways
from apps.billing.errors import BillingNotConfigured, BillingUnavailable, CheckoutNotFound
from apps.billing.gateways import SessionFacts, SubscriptionFacts
from apps.billing.models import BillingAccount, Checkout, ReconciliationRun, Subscription, TopupOrder
from apps.core.errors import DomainError

from .fulfilling import find_order, fulfil_session
from .mirroring import ENDED
from .refunding import find_payer, settle_payment
from .syncing import sync_account

OVERLAP = timedelta(days=1)
FIRST_LOOK = timedelta(days=30)
ORDERS_EXPIRE_AFTER = timedelta(hours=25)
MOST_REPORTED = 500
OBJECT_FAILED = "billing.object_failed"
logger = structlog.get_logger(__name__)


def reconcile() -> ReconciliationRun | None:
    """Compare with Stripe since the last whole run; returns the report, None where Stripe is not set up.

    An object that cannot be settled is reported and stops no other; the next run looks at the same time again.
    """
    if not gateways.is_configured():
        return None
    last = ReconciliationRun.objects.filter(finished_at__isnull=False, error="").first()
    now = timezone.now()
    run = ReconciliationRun.objects.create(since=last.started_at - OVERLAP if last else now - FIRST_LOOK)
    try:
        for kind, compare in _STEPS.items():
            run.checked[kind] = sum(1 for object_id, settle in compare(run) if _settle(run, kind, object_id, settle))
    except DomainError as error:
        run.error = error.code
    run.finished_at = timezone.now()
    run.save()
    if run.repaired or run.unknown or run.error:
        logger.warning("billing.reconciled", repaired=len(run.repaired), unknown=len(run.unknown), error=run.error)
    return run


def _settle(run: ReconciliationRun, kind: str, object_id: str, settle: Callable[[], str]) -> bool:
    """Every object looked at counts; those with something to say are listed. Stripe being away ends the run; what it
    refuses about one object, or what others are at, does not."""
    try:
        _note(run, kind, object_id, settle())
    except CheckoutNotFound:
        _note(run, kind, object_id, "Stripe does not know it under our key.", unknown=True)
    except (BillingUnavailable, BillingNotConfigured):
        raise
    except Exception:
        logger.exception("billing.reconciling_failed", kind=kind, object_id=object_id)
        run.error = OBJECT_FAILED
        _note(run, kind, object_id, "Could not be settled; the log says why.", unknown=True)
    return True


def _note(run: ReconciliationRun, kind: str, object_id: str, what: str, *, unknown: bool = False) -> None:
    listed = run.unknown if unknown else run.repaired
    if what and len(listed) < MOST_REPORTED:
        listed.append({"kind": kind, "id": object_id, "what": what})


Found = tuple[str, Callable[[], str]]
"""An object's id, and what compares and repairs it and says in plain words what it did; empty for nothing."""


def _compare_subscriptions(run: ReconciliationRun) -> Iterator[Found]:
    seen = set()
    for facts in gateways.list_subscriptions():
        seen.add(facts.id)
        yield facts.id, partial(_settle_subscription, run, facts)
    live = Subscription.objects.filter(ended_at=None, stripe_subscription_id__isnull=False)
    for missing in live.exclude(stripe_subscription_id__in=seen).values_list("stripe_subscription_id", flat=True):
        _note(run, "subscription", missing or "", "Stripe does not list it under our key; left as it is.", unknown=True)


def _settle_subscription(run: ReconciliationRun, facts: SubscriptionFacts) -> str:
    account = BillingAccount.objects.filter(stripe_customer_id=facts.customer_id).first()
    if account is None:
        _note(run, "subscription", facts.id, "Of a customer that we do not know.", unknown=True)
        return ""
    difference = describe_difference(facts)
    if difference:
        sync_account(account.pk)
    return difference


def describe_difference(facts: SubscriptionFacts) -> str:
    """How our row differs from Stripe's subscription, in plain words; empty when it does not."""
    row = Subscription.objects.filter(stripe_subscription_id=facts.id).first()
    if row is None:
        return "" if facts.status in ENDED or facts.status == Subscription.Status.INCOMPLETE else "Missing here."
    if not row.is_live:
        return "" if facts.status in ENDED else "Ended here, alive at Stripe: left for the operator."
    ours = (row.status, row.current_period_end, row.cancel_at_period_end, row.price_cents)
    theirs = (facts.status, facts.period_end, facts.cancel_at_period_end, facts.price.amount_cents)
    return (
        "" if ours == theirs else f"{ours[0]} until {ours[1]:%Y-%m-%d} became {theirs[0]} until {theirs[1]:%Y-%m-%d}."
    )


def _compare_sessions(run: ReconciliationRun) -> Iterator[Found]:
    for session in gateways.list_completed_sessions(since=run.since):
        yield session.id, partial(_settle_session, run, session)


def _settle_session(run: ReconciliationRun, session: SessionFacts) -> str:
    order = find_order(session.id)
    if order is None:
        _note(run, "checkout", session.id, "Of no order of ours.", unknown=True)
        return ""
    done = _fulfil(session.id) if order.state == "open" else ""
    if order.state == "open" and not done and session.is_paid:
        _note(run, "checkout", session.id, "Paid, but not as it was ordered: nothing was given.", unknown=True)
    return done


def _fulfil(session_id: str) -> str:
    state = fulfil_session(session_id).state
    return "" if state == "open" else f"open became {state}."


def _compare_payments(list_payments: Callable[..., Iterator[str]]) -> Callable[[ReconciliationRun], Iterator[Found]]:
    def compare(run: ReconciliationRun) -> Iterator[Found]:
        for payment in dict.fromkeys(list_payments(since=run.since)):
            yield payment, partial(_settle_payment, run, payment)

    return compare


def _settle_payment(run: ReconciliationRun, payment: str) -> str:
    before = _read_paid_back(payment)
    if not settle_payment(payment):
        _note(run, "payment", payment, "Of no order or invoice of ours.", unknown=True)
    return "" if before == _read_paid_back(payment) else "What was given back or disputed is settled."


def _read_paid_back(payment: str) -> object:
    account = find_payer(payment)
    if account is None:
        return None
    orders = account.topups.filter(stripe_payment_intent_id=payment)
    invoices = account.invoices.filter(stripe_payment_intent_id=payment)
    return [*orders.values_list("state", "refunded_cents", "revoked_quantity"), *invoices.values_list("revoked_at")]


def _compare_orders(run: ReconciliationRun) -> Iterator[Found]:
    """Orders whose page has long been closed."""
    before: datetime = timezone.now() - ORDERS_EXPIRE_AFTER
    for model in (TopupOrder, Checkout):
        stale = model.objects.filter(state="open", created_at__lt=before)
        stale.filter(stripe_session_id=None).update(state="expired")
        for session_id in stale.exclude(stripe_session_id=None).values_list("stripe_session_id", flat=True):
            yield session_id or "", partial(_fulfil, session_id or "")


_STEPS: dict[str, Callable[[ReconciliationRun], Iterator[Found]]] = {
    "subscription": _compare_subscriptions,
    "checkout": _compare_sessions,
    "refund": _compare_payments(gateways.list_refunded_payments),
    "dispute": _compare_payments(gateways.list_disputed_payments),
    "order": _compare_orders,
}
