"""What customers paid, given back by the staff; and invoices of transfers, closed by them."""

from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.billing.models import Invoice, TopupOrder
from apps.billing.services import close_invoice, plan_refund, refund
from apps.core.errors import DomainError
from apps.system.models import AuditEntry

from .trail import clean_reason, lock_team, record_on_team

Paper = TopupOrder | Invoice


def refund_paper(*, staff: User, paper: Paper, cents: int | None, reason: str, key: str) -> int:
    """Give a payment back, all that is left of it or `cents`; returns how much. The same key gives back once.

    It stands in the trail before Stripe is asked, and a second time where Stripe refused. Raises `ReasonRequired` and
    what `apps.billing.services.repaying` raises.
    """
    reason = clean_reason(reason)
    amount = plan_refund(paper, cents=cents)
    asked = {**_describe(paper), "refund_cents": amount, "key": key}
    _record_once(staff, paper, "payment.refund", reason, after=asked)
    try:
        refund(paper, cents=amount, key=f"staff:{key}")
    except DomainError as error:
        _record_once(staff, paper, "payment.refund_failed", reason, after=asked | {"error": error.code})
        raise
    return amount


@transaction.atomic
def close_manual_invoice(*, staff: User, invoice: Invoice, is_paid: bool, reason: str) -> Invoice:
    """Mark an open invoice of a transfer as paid, or void it. Raises `ReasonRequired` and `InvoiceClosed`."""
    reason = clean_reason(reason)
    team = lock_team(invoice.account.team_id)
    before = _describe(invoice)
    closed = close_invoice(invoice_id=invoice.pk, is_paid=is_paid)
    action = "invoice.paid" if is_paid else "invoice.void"
    record_on_team(staff=staff, team=team, action=action, reason=reason, before=before, after=_describe(closed))
    return closed


@transaction.atomic
def _record_once(staff: User, paper: Paper, action: str, reason: str, *, after: dict[str, Any]) -> None:
    """A form that is sent twice stands in the trail once, as it gives back once."""
    team = lock_team(paper.account.team_id)
    if not AuditEntry.objects.filter(team_id=team.pk, action=action, after__key=after["key"]).exists():
        record_on_team(staff=staff, team=team, action=action, reason=reason, before={}, after=after)


def _describe(paper: Paper) -> dict[str, Any]:
    if isinstance(paper, TopupOrder):
        return {
            "topup": str(paper.pk),
            "what": str(paper),
            "price_cents": paper.price_cents,
            "currency": paper.currency,
        }
    return {
        "invoice": paper.number or paper.pk,
        "status": str(paper.status),
        "total_cents": paper.total_cents,
        "currency": paper.currency,
    }
