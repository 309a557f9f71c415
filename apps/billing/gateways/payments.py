"""What became of a payment after it was made."""

from typing import Any

from .client import ObjectMissing, stripe_api
from .facts import PaymentFacts
from .reading import as_dict, read_dispute, read_id, read_refund


def fetch_payment(payment_intent_id: str) -> PaymentFacts | None:
    """How much of a payment came in, went back and is disputed; None where our key knows none."""
    try:
        with stripe_api() as api:
            charges = [
                as_dict(one) for one in api.charges.list({"payment_intent": payment_intent_id, "limit": 10}).data
            ]
            refunds = api.refunds.list({"payment_intent": payment_intent_id, "limit": 100}).data
            disputes = api.disputes.list({"payment_intent": payment_intent_id, "limit": 10}).data
    except ObjectMissing:
        return None
    paid = [one for one in charges if one.get("status") == "succeeded"]
    if not paid:
        return None
    return PaymentFacts(
        id=payment_intent_id,
        customer_id=read_id(paid[0].get("customer")),
        amount_cents=sum(one["amount"] for one in paid),
        refunded_cents=sum(one.get("amount_refunded") or 0 for one in paid),
        currency=paid[0]["currency"].upper(),
        disputes=[read_dispute(one) for one in disputes],
        refunds=[read_refund(one) for one in refunds],
    )


def refund_payment(payment_intent_id: str, *, key: str, cents: int | None = None) -> None:
    """Give a payment back, all of it or a part, once per key."""
    amount: dict[str, Any] = {} if cents is None else {"amount": cents}
    with stripe_api() as api:
        api.refunds.create({"payment_intent": payment_intent_id, **amount}, {"idempotency_key": key})  # type: ignore[arg-type]
