"""Checkouts, customers and disputes."""

from typing import Any

from apps.billing.gateways.facts import CustomerFacts, DisputeFacts, RefundFacts, SessionFacts

from .plain import as_dict, read_address, read_id, read_moment


def read_session(given: Any) -> SessionFacts:
    found = as_dict(given)
    return SessionFacts(
        id=found["id"],
        mode=found["mode"],
        status=found.get("status") or "",
        is_paid=found.get("payment_status") == "paid",
        customer_id=read_id(found.get("customer")),
        subscription_id=read_id(found.get("subscription")),
        payment_intent_id=read_id(found.get("payment_intent")),
        reference=found.get("client_reference_id") or "",
        total_cents=found.get("amount_total") or 0,
        currency=(found.get("currency") or "").upper(),
        url=found.get("url") or "",
        metadata=found.get("metadata") or {},
    )


def read_customer(given: Any) -> CustomerFacts:
    found = as_dict(given)
    tax_ids = (found.get("tax_ids") or {}).get("data") or []
    tax_id = tax_ids[0] if tax_ids else {}
    return CustomerFacts(
        id=found["id"],
        is_deleted=bool(found.get("deleted")),
        email=found.get("email") or "",
        name=(found.get("name") or "")[:200],
        address=read_address(found.get("address")),
        tax_id_type=tax_id.get("type", ""),
        tax_id=tax_id.get("value") or "",
    )


def read_dispute(given: Any) -> DisputeFacts:
    found = as_dict(given)
    return DisputeFacts(found["id"], found["amount"], found["status"], read_moment(found["created"]))


def read_refund(given: Any) -> RefundFacts:
    found = as_dict(given)
    return RefundFacts(found["id"], found["amount"], found.get("status") or "", read_moment(found["created"]))
