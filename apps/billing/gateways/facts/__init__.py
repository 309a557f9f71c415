"""What we take from Stripe's objects: plain values with our names, whatever shape the API's version gives them."""

from .checkouts import CustomerFacts, SessionFacts
from .invoices import InvoiceFacts, InvoiceLine, PreviewFacts
from .payments import DisputeFacts, PaymentFacts, RefundFacts
from .subscriptions import PriceFacts, SubscriptionFacts

__all__ = [
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
]
