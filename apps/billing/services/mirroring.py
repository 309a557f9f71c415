"""Stripe's subscriptions and invoices as rows of ours. All of it under the account's lock, from facts just fetched."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings

from apps.billing.gateways import InvoiceFacts, InvoiceLine, SubscriptionFacts
from apps.billing.models import Invoice, Provider, Subscription
from apps.plans.models import PlanVersion

from .accounts import LockedAccount

Status = Subscription.Status
ENDED = {Status.CANCELED, Status.INCOMPLETE_EXPIRED}
FAILING = {Status.PAST_DUE, Status.UNPAID, Status.PAUSED}
logger = structlog.get_logger(__name__)


def mirror_subscriptions(
    account: LockedAccount, facts: Iterable[SubscriptionFacts], *, invoices: list[InvoiceFacts], now: datetime
) -> list[SubscriptionFacts]:
    """Store what Stripe says of the account's subscriptions; returns those that live beside another, to be cancelled.

    Ended ones come first, so that the place of the live one is free. What Stripe does not list is left as it is, and
    what has ended here stays ended.
    """
    duplicates = []
    for one in sorted(facts, key=lambda one: (one.status not in ENDED, one.started_at, one.id)):
        row = Subscription.objects.filter(stripe_subscription_id=one.id).first()
        if row is None and one.status in {*ENDED, Status.INCOMPLETE}:
            continue  # it never gave anything
        if row is None and account.subscriptions.filter(ended_at=None).exists():
            duplicates.append(one)
            continue
        if row is None or row.is_live:
            _store(account, row, one, invoices=invoices, now=now)
    return duplicates


def mirror_invoices(account: LockedAccount, facts: Iterable[InvoiceFacts]) -> list[Invoice]:
    """Store the account's invoices as they are now, drafts left out; returns the rows, oldest first."""
    ours = {row.stripe_subscription_id: row for row in account.subscriptions.all()}
    return [
        _store_invoice(account, one, subscription=ours.get(one.subscription_id))
        for one in sorted(facts, key=lambda one: one.created_at)
        if one.status != Invoice.Status.DRAFT
    ]


def _store(
    account: LockedAccount,
    row: Subscription | None,
    facts: SubscriptionFacts,
    *,
    invoices: list[InvoiceFacts],
    now: datetime,
) -> None:
    plan_version = find_plan_version(facts)
    if plan_version is None:
        logger.error("billing.unknown_price", subscription=facts.id, price=facts.price.id)
        return
    row = row or Subscription(account_id=account.pk, provider=Provider.STRIPE, stripe_subscription_id=facts.id)
    own = [one for one in invoices if one.subscription_id == facts.id]
    row.plan_version, row.interval = plan_version, facts.price.interval
    row.price_cents, row.currency = facts.price.amount_cents, facts.price.currency
    row.status, row.started_at, row.anchor_at = facts.status, facts.started_at, facts.anchor_at
    row.current_period_start, row.current_period_end = facts.period_start, facts.period_end
    row.paid_until = find_paid_until(own) or row.paid_until
    row.cancel_at_period_end = facts.cancel_at_period_end
    row.grace_until = _find_grace(row, facts, own)
    if facts.status in ENDED:
        row.ended_at = facts.ended_at or now
    if not facts.schedule_id or is_scheduled_change_made(row):
        row.stripe_schedule_id, row.scheduled_interval = "", ""
        row.scheduled_plan_version, row.scheduled_at = None, None
    row.synced_at = now
    row.save()


def is_scheduled_change_made(row: Subscription) -> bool:
    """Has the subscription become what was agreed for later? Its schedule stays with it for another period."""
    return (row.plan_version_id, row.interval) == (row.scheduled_plan_version_id, row.scheduled_interval)


def find_plan_version(facts: SubscriptionFacts) -> PlanVersion | None:
    """The version that the subscription's price was made for."""
    if facts.price.plan is None:
        return None
    code, number = facts.price.plan
    return PlanVersion.objects.select_related("plan").filter(plan__code=code, number=number).first()


def find_paid_until(invoices: Iterable[InvoiceFacts]) -> datetime | None:
    """The end of the latest period that a paid invoice covers. Stripe moves the subscription's own period on before
    its invoice is paid, so that says nothing."""
    paid = (one.covers_until for one in invoices if one.status == Invoice.Status.PAID)
    return max((until for until in paid if until), default=None)


def _find_grace(row: Subscription, facts: SubscriptionFacts, invoices: list[InvoiceFacts]) -> datetime | None:
    """The grace's end, counted from the first failure and kept until a payment comes."""
    if facts.status not in FAILING:
        return None
    if row.grace_until is not None:
        return row.grace_until
    failing = [one for one in invoices if one.status == Invoice.Status.OPEN]
    began = min((one.finalized_at or one.created_at for one in failing), default=facts.period_start)
    return began + timedelta(days=settings.BILLING_GRACE_DAYS)


def _store_invoice(account: LockedAccount, facts: InvoiceFacts, *, subscription: Subscription | None) -> Invoice:
    values = {
        "account_id": account.pk,
        "subscription": subscription,
        "provider": Provider.STRIPE,
        "number": facts.number,
        "status": facts.status,
        "reason": facts.reason,
        "currency": facts.currency,
        "subtotal_cents": facts.subtotal_cents,
        "tax_cents": facts.tax_cents,
        "total_cents": facts.total_cents,
        "amount_paid_cents": facts.paid_cents,
        "amount_due_cents": facts.due_cents,
        "period_start": min((line.period_start for line in facts.lines), default=None),
        "period_end": max((line.period_end for line in facts.lines), default=None),
        "hosted_url": facts.hosted_url,
        "pdf_url": facts.pdf_url,
        "lines": [_describe(line) for line in facts.lines],
        "customer_name": facts.customer_name,
        "customer_address": facts.customer_address,
        "customer_tax_ids": facts.customer_tax_ids,
        "issued_at": facts.finalized_at or facts.created_at,
        "paid_at": facts.paid_at,
    }
    if facts.payment_intent_id:
        values["stripe_payment_intent_id"] = facts.payment_intent_id
    row, _ = Invoice.objects.update_or_create(stripe_invoice_id=facts.id, defaults=values)
    return row


def _describe(line: InvoiceLine) -> dict[str, Any]:
    return {
        "description": line.description,
        "quantity": line.quantity,
        "amount_cents": line.amount_cents,
        "period_start": line.period_start.isoformat(),
        "period_end": line.period_end.isoformat(),
        "proration": line.is_proration,
    }
