"""Stripe's own pages: Checkout for plans and top-ups, and the Customer Portal."""

from dataclasses import dataclass
from typing import Any

from apps.billing.errors import BillingRefused

from .client import ObjectMissing, stripe_api
from .facts import SessionFacts
from .reading import read_session


@dataclass(frozen=True, slots=True)
class Return:
    """Where Stripe's page leads back to. `{CHECKOUT_SESSION_ID}` is filled in by Stripe."""

    success_url: str
    cancel_url: str


def open_plan_checkout(*, order_id: str, customer_id: str, price_id: str, back: Return) -> SessionFacts:
    """A page that sells a subscription. The same order opens the same page."""
    body = {
        "mode": "subscription",
        "line_items": [{"price": price_id, "quantity": 1}],
        "subscription_data": {"metadata": {"checkout": order_id}},
        "billing_address_collection": "required",
    }
    return _open(body, order_id=order_id, customer_id=customer_id, back=back)


def open_topup_checkout(
    *, order_id: str, customer_id: str, name: str, amount_cents: int, currency: str, back: Return
) -> SessionFacts:
    """A page that sells something once, with an invoice. The price is the order's, not one that a client could send."""
    price = {"currency": currency.lower(), "unit_amount": amount_cents, "product_data": {"name": name}}
    body = {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "payment_intent_data": {"metadata": {"topup": order_id}},
        "invoice_creation": {"enabled": True},
    }
    return _open(body, order_id=order_id, customer_id=customer_id, back=back)


def fetch_session(session_id: str) -> SessionFacts | None:
    try:
        with stripe_api() as api:
            return read_session(api.checkout.sessions.retrieve(session_id))
    except ObjectMissing:
        return None


def expire_session(session_id: str) -> SessionFacts | None:
    """Close a page so that nobody pays it any more; one that is paid stays paid, so look at the answer."""
    try:
        with stripe_api() as api:
            return read_session(api.checkout.sessions.expire(session_id))
    except BillingRefused:
        return fetch_session(session_id)
    except ObjectMissing:
        return None


def open_portal(*, customer_id: str, return_url: str) -> str:
    """The address of Stripe's page for cards, invoices and billing details; it ends after some minutes."""
    with stripe_api() as api:
        return api.billing_portal.sessions.create({"customer": customer_id, "return_url": return_url}).url


def _open(body: dict[str, Any], *, order_id: str, customer_id: str, back: Return) -> SessionFacts:
    params = {
        **body,
        "customer": customer_id,
        "client_reference_id": order_id,
        "metadata": {"order": order_id},
        "customer_update": {"address": "auto", "name": "auto"},
        "tax_id_collection": {"enabled": True},
        "success_url": back.success_url,
        "cancel_url": back.cancel_url,
    }
    with stripe_api() as api:
        made = api.checkout.sessions.create(params, {"idempotency_key": f"checkout:{order_id}"})  # type: ignore[arg-type]
    return read_session(made)
