"""Stripe. Every call is bounded in time, guarded by the breaker `payments.stripe`, and answers with plain facts."""

from .checkouts import expire_session, fetch_session, open_plan_checkout, open_portal, open_topup_checkout
from .client import is_configured
from .customers import create_customer, fetch_customer, update_customer
from .events import read_event
from .facts import (
    CustomerFacts,
    DisputeFacts,
    InvoiceFacts,
    InvoiceLine,
    PaymentFacts,
    PreviewFacts,
    PriceFacts,
    RefundFacts,
    SessionFacts,
    SubscriptionFacts,
)
from .listing import (
    list_completed_sessions,
    list_disputed_payments,
    list_refunded_payments,
    list_subscriptions,
)
from .payments import fetch_payment, refund_payment
from .prices import ensure_price
from .subscriptions import (
    cancel_now,
    change_now,
    fetch_invoices,
    fetch_subscriptions,
    preview_change,
    release_schedule,
    schedule_change,
    set_cancel_at_period_end,
)
from .tax_ids import TAX_ID_TYPES

__all__ = [
    "TAX_ID_TYPES",
    "CustomerFacts",
    "DisputeFacts",
    "InvoiceFacts",
    "InvoiceLine",
    "PaymentFacts",
    "PreviewFacts",
    "PriceFacts",
    "RefundFacts",
    "SessionFacts",
    "SubscriptionFacts",
    "cancel_now",
    "change_now",
    "create_customer",
    "ensure_price",
    "expire_session",
    "fetch_customer",
    "fetch_invoices",
    "fetch_payment",
    "fetch_session",
    "fetch_subscriptions",
    "is_configured",
    "list_completed_sessions",
    "list_disputed_payments",
    "list_refunded_payments",
    "list_subscriptions",
    "open_plan_checkout",
    "open_portal",
    "open_topup_checkout",
    "preview_change",
    "read_event",
    "refund_payment",
    "release_schedule",
    "schedule_change",
    "set_cancel_at_period_end",
    "update_customer",
]
