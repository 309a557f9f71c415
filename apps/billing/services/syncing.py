"""Taking over what Stripe says of a team. Stripe is asked outside of any transaction, yet nothing old ever wins.

Each sync reads the account's number, asks Stripe, and stores the answer under the account's lock only if the number is
still the same; then the number grows. So what is stored was always asked for after the answer before it was stored, in
whatever order events come and however many workers look at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog
from django.db import transaction
from django.utils import timezone

from apps.billing import gateways
from apps.billing.errors import BillingBusy
from apps.billing.gateways import InvoiceFacts, SubscriptionFacts
from apps.billing.models import BillingAccount

from .accounts import LockedAccount, lock_account
from .mirroring import mirror_invoices, mirror_subscriptions
from .standing import settle_locked
from .voiding import revoke_unpaid

Seen = TypeVar("Seen")
Found = TypeVar("Found")
ATTEMPTS = 8
logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """A customer's subscriptions and invoices, asked for together."""

    subscriptions: list[SubscriptionFacts]
    invoices: list[InvoiceFacts]


def sync_account(account_id: int) -> None:
    """Store what Stripe says now of the account's subscriptions and invoices, and what follows for the team.

    Raises `BillingUnavailable` when Stripe is away, `BillingBusy` when others keep changing the account.
    """
    account = BillingAccount.objects.get(pk=account_id)
    if not account.stripe_customer_id:
        return
    duplicates = look_and_store(account_id, look=lambda: _look(account.stripe_customer_id or ""), store=_store_snapshot)
    for one in duplicates:
        cancel_duplicate(one)


def look_and_store(
    account_id: int, *, look: Callable[[], Seen], store: Callable[[LockedAccount, Seen, datetime], Found]
) -> Found:
    """Ask, then store under the lock what nobody has overtaken; asks again when somebody has."""
    for _ in range(ATTEMPTS):
        number = BillingAccount.objects.values_list("sync_number", flat=True).get(pk=account_id)
        seen = look()
        with transaction.atomic():
            account = lock_account(account_id)
            if is_overtaken(account, number):
                continue
            now = timezone.now()
            found = store(account, seen, now)
            account.sync_number += 1
            account.synced_at = now
            account.save(update_fields=["sync_number", "synced_at"])
            return found
    raise BillingBusy(retry_after=1)


def is_overtaken(account: LockedAccount, number: int) -> bool:
    """Did another sync store its answer after we had asked?"""
    return account.sync_number != number


def cancel_duplicate(facts: SubscriptionFacts) -> None:
    """A second subscription of a team, paid in two windows at once: given back in full and ended.

    In this order: while it lives every sync finds it again, and does what an outage or a crash left undone.
    """
    logger.error("billing.duplicate_subscription", subscription=facts.id, customer=facts.customer_id)
    if not facts.price.plan:
        return
    for invoice in gateways.fetch_invoices(facts.customer_id):
        if invoice.subscription_id == facts.id and invoice.paid_cents and _can_go_back(invoice.payment_intent_id):
            gateways.refund_payment(invoice.payment_intent_id, key=f"duplicate:{invoice.id}:refund")
    gateways.cancel_now(subscription_id=facts.id, key=f"duplicate:{facts.id}:cancel")


def _can_go_back(payment_intent_id: str) -> bool:
    payment = gateways.fetch_payment(payment_intent_id) if payment_intent_id else None
    return payment is not None and not payment.disputes and payment.refunded_cents < payment.amount_cents


def _look(customer_id: str) -> Snapshot:
    # Subscriptions last: what they say is then never older than the invoices.
    invoices = gateways.fetch_invoices(customer_id)
    return Snapshot(gateways.fetch_subscriptions(customer_id), invoices)


def _store_snapshot(account: LockedAccount, seen: Snapshot, now: datetime) -> list[SubscriptionFacts]:
    duplicates = mirror_subscriptions(account, seen.subscriptions, invoices=seen.invoices, now=now)
    invoices = mirror_invoices(account, seen.invoices)
    settle_locked(account, now=now)
    revoke_unpaid(account, invoices, now=now)
    return duplicates
