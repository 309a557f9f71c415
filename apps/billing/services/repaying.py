"""Giving a payment back, whole or in part, because the operator says so. What follows of it is `refunding`'s."""

from apps.billing import gateways
from apps.billing.errors import NothingToRefund, RefundTooLarge
from apps.billing.models import Invoice, TopupOrder

from .refunding import settle_payment

Paper = TopupOrder | Invoice


def plan_refund(paper: Paper, *, cents: int | None) -> int:
    """How much would go back: `cents`, or by default all that is left of the payment. Asks Stripe, changes nothing.

    Raises `NothingToRefund` for what was not paid by card, went back already or is disputed, and `RefundTooLarge`.
    """
    payment = gateways.fetch_payment(paper.stripe_payment_intent_id) if paper.stripe_payment_intent_id else None
    if payment is None:
        raise NothingToRefund("This was not paid by card, so there is nothing to give back here.")
    if any(dispute.has_taken_money for dispute in payment.disputes):
        raise NothingToRefund("The payment is disputed: the customer's bank has the money back already.")
    left = payment.amount_cents - payment.refunded_cents
    if left <= 0:
        raise NothingToRefund
    if cents is not None and cents > left:
        raise RefundTooLarge(details={"amount_cents": [f"At most {left:,}: no more is left of the payment."]})
    return left if cents is None else cents


def refund(paper: Paper, *, cents: int, key: str) -> None:
    """Give `cents` of a payment back, once per key, and bring what it had paid for in line. Not inside a transaction.

    Raises `BillingRefused` and `BillingUnavailable`; a refund that was made and could not be settled at once is settled
    by its event, or at night.
    """
    payment_intent_id = paper.stripe_payment_intent_id or ""
    gateways.refund_payment(payment_intent_id, cents=cents, key=f"{key}:refund")
    settle_payment(payment_intent_id)
