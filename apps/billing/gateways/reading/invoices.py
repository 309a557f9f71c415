"""Invoices. The subscription stands in `parent`, the payment in `payments`."""

from typing import Any

from apps.billing.gateways.facts import InvoiceFacts

from .lines import read_lines
from .plain import as_dict, read_address, read_id, read_moment, read_time


def read_invoice(given: Any) -> InvoiceFacts:
    found = as_dict(given)
    parent = (found.get("parent") or {}).get("subscription_details") or {}
    transitions = found.get("status_transitions") or {}
    total, without_tax = found["total"], found.get("total_excluding_tax")
    return InvoiceFacts(
        id=found["id"],
        customer_id=read_id(found["customer"]),
        subscription_id=read_id(parent.get("subscription")),
        payment_intent_id=_read_payment_intent(found),
        number=found.get("number") or "",
        status=found["status"],
        reason=found.get("billing_reason") or "",
        currency=found["currency"].upper(),
        subtotal_cents=found["subtotal"],
        tax_cents=0 if without_tax is None else total - without_tax,
        total_cents=total,
        paid_cents=found["amount_paid"],
        due_cents=found["amount_due"],
        hosted_url=found.get("hosted_invoice_url") or "",
        pdf_url=found.get("invoice_pdf") or "",
        customer_name=(found.get("customer_name") or "")[:200],
        customer_address=read_address(found.get("customer_address")),
        customer_tax_ids=[
            {"type": one["type"], "value": one.get("value") or ""} for one in found.get("customer_tax_ids") or []
        ],
        created_at=read_moment(found["created"]),
        finalized_at=read_time(transitions.get("finalized_at")),
        paid_at=read_time(transitions.get("paid_at")),
        attempts=found.get("attempt_count") or 0,
        lines=read_lines(found),
    )


def _read_payment_intent(found: dict[str, Any]) -> str:
    payments = (found.get("payments") or {}).get("data") or []
    intents = [read_id((one.get("payment") or {}).get("payment_intent")) for one in payments]
    return next((one for one in intents if one), "")
