"""Billing as the operator sees it: Stripe's rows read-only with actions, manual billing by forms."""

from .accounts import BillingAccountAdmin, ManualDocumentAdmin
from .events import ReconciliationRunAdmin, StripeEventAdmin
from .orders import CheckoutAdmin, InvoiceAdmin, SubscriptionChangeAdmin, TopupOrderAdmin
from .subscriptions import SubscriptionAdmin

__all__ = [
    "BillingAccountAdmin",
    "CheckoutAdmin",
    "InvoiceAdmin",
    "ManualDocumentAdmin",
    "ReconciliationRunAdmin",
    "StripeEventAdmin",
    "SubscriptionAdmin",
    "SubscriptionChangeAdmin",
    "TopupOrderAdmin",
]
