"""The billing API: plans and top-ups, the subscription, invoices, and Stripe's webhook."""

from .buying import CheckoutView, ConfirmView, PackagesView, PlansView, PortalView, TopupsView
from .changing import CancelView, ChangePreviewView, ChangeView, ResumeView, SubscriptionView
from .papers import DetailsView, InvoicesView, InvoiceView
from .webhooks import StripeWebhookView

__all__ = [
    "CancelView",
    "ChangePreviewView",
    "ChangeView",
    "CheckoutView",
    "ConfirmView",
    "DetailsView",
    "InvoiceView",
    "InvoicesView",
    "PackagesView",
    "PlansView",
    "PortalView",
    "ResumeView",
    "StripeWebhookView",
    "SubscriptionView",
    "TopupsView",
]
