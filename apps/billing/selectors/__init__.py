"""What a team pays, for what, and what it could buy. Nothing here writes, and nothing asks Stripe."""

from .addresses import get_checkout_return, get_portal_return
from .catalogue import list_packages_for_sale, list_plans_for_sale
from .overview import BillingOverview, get_billing_details, get_overview
from .pages import get_billing_page, get_topups_page, list_seat_choices
from .papers import get_invoice, list_invoices, list_topups
from .revenue import DEFINITIONS, CurrencyRevenue, MonthFigures, Outstanding, Revenue, get_revenue
from .tax_ids import list_tax_id_types

__all__ = [
    "DEFINITIONS",
    "BillingOverview",
    "CurrencyRevenue",
    "MonthFigures",
    "Outstanding",
    "Revenue",
    "get_billing_details",
    "get_billing_page",
    "get_checkout_return",
    "get_invoice",
    "get_overview",
    "get_portal_return",
    "get_revenue",
    "get_topups_page",
    "list_invoices",
    "list_packages_for_sale",
    "list_plans_for_sale",
    "list_seat_choices",
    "list_tax_id_types",
    "list_topups",
]
