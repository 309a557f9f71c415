"""Stripe's objects as facts. Where versions of the API differ, the newer shape is read."""

from .invoices import read_invoice
from .lines import read_preview
from .others import read_customer, read_dispute, read_refund, read_session
from .plain import as_dict, read_id
from .subscriptions import read_price, read_subscription

__all__ = [
    "as_dict",
    "read_customer",
    "read_dispute",
    "read_id",
    "read_invoice",
    "read_preview",
    "read_price",
    "read_refund",
    "read_session",
    "read_subscription",
]
