"""The shapes of the billing API. Amounts are whole cents of their currency."""

from .buying import CheckoutInput, CheckoutOutput, ConfirmInput, ConfirmOutput, PortalOutput, TopupInput, TopupOutput
from .catalogue import PackagesOutput, PlansForSaleOutput
from .changing import ChangeInput, ChangePreviewOutput, ConfirmedChangeInput
from .details import DetailsInput, DetailsOutput
from .invoices import InvoiceOutput
from .subscription import SubscriptionOutput

__all__ = [
    "ChangeInput",
    "ChangePreviewOutput",
    "CheckoutInput",
    "CheckoutOutput",
    "ConfirmInput",
    "ConfirmOutput",
    "ConfirmedChangeInput",
    "DetailsInput",
    "DetailsOutput",
    "InvoiceOutput",
    "PackagesOutput",
    "PlansForSaleOutput",
    "PortalOutput",
    "SubscriptionOutput",
    "TopupInput",
    "TopupOutput",
]
