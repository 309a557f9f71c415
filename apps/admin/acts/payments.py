"""Acts on what a team paid: a top-up, or an invoice."""

from typing import Any

from apps.accounts.models import User
from apps.admin import services
from apps.admin.forms import RefundForm
from apps.billing.models import Invoice, TopupOrder
from apps.core.money import write_amount

from .base import Act


def _refund(staff: User, paper: TopupOrder | Invoice, given: dict[str, Any]) -> str:
    cents = services.refund_paper(
        staff=staff, paper=paper, cents=given["amount_cents"], reason=given["reason"], key=str(given["key"])
    )
    return f"{write_amount(cents, paper.currency)} go back to {paper.account}."


def _mark_paid(staff: User, invoice: Invoice, given: dict[str, Any]) -> str:
    services.close_manual_invoice(staff=staff, invoice=invoice, is_paid=True, reason=given["reason"])
    return f"Invoice {invoice} is paid."


def _void(staff: User, invoice: Invoice, given: dict[str, Any]) -> str:
    services.close_manual_invoice(staff=staff, invoice=invoice, is_paid=False, reason=given["reason"])
    return f"Invoice {invoice} is void."


TOPUP_ACTS = {
    "refund": Act(
        "Give the payment back",
        "To the card it came from. The same part of the units goes from the wallet, rounded down; what was spent of it"
        " is owed and closes paid acts.",
        _refund,
        RefundForm,
        is_dangerous=True,
    ),
}
INVOICE_ACTS = {
    "refund": Act(
        "Give the payment back",
        "To the card it came from. All of it takes the period's credits back, a part of it is a courtesy and takes"
        " nothing. The subscription goes on until somebody ends it.",
        _refund,
        RefundForm,
        is_dangerous=True,
    ),
    "paid": Act(
        "Mark as paid",
        "The transfer came. Until when the team is paid is set with its subscription.",
        _mark_paid,
    ),
    "void": Act("Void the invoice", "Nobody has to pay it any more.", _void, is_dangerous=True),
}
