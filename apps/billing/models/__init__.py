"""What teams pay, for what, and what the payment provider told us. Amounts are whole cents of their currency."""

from .accounts import BillingAccount
from .changes import SubscriptionChange
from .documents import ManualDocument
from .events import ReconciliationRun, StripeEvent
from .figures import Figure
from .invoices import Invoice
from .orders import Checkout, TopupOrder
from .reversals import PaymentReversal
from .subscriptions import Interval, Provider, Subscription

__all__ = [
    "BillingAccount",
    "Checkout",
    "Figure",
    "Interval",
    "Invoice",
    "ManualDocument",
    "PaymentReversal",
    "Provider",
    "ReconciliationRun",
    "StripeEvent",
    "Subscription",
    "SubscriptionChange",
    "TopupOrder",
]
