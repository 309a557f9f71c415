"""Taking back a period's credits when its invoice turned out unpaid, refunded or disputed; and giving them back."""

from collections.abc import Iterable
from datetime import datetime

from apps.billing.models import Invoice
from apps.credits.models import Grant, Revocation
from apps.credits.services import GrantNote, restore_grant, revoke_grant
from apps.teams.access import enter_team

from .accounts import LockedAccount

UNPAID = {Invoice.Status.VOID, Invoice.Status.UNCOLLECTIBLE}


def revoke_unpaid(account: LockedAccount, invoices: Iterable[Invoice], *, now: datetime) -> None:
    """Invoices that were given up after their period's credits had been granted (in grace): those go, once."""
    for invoice in invoices:
        if invoice.status in UNPAID and invoice.revoked_at is None:
            revoke_invoice(account, invoice, key="unpaid", reason=f"Invoice {invoice} was not paid", now=now)


def revoke_invoice(account: LockedAccount, invoice: Invoice, *, key: str, reason: str, now: datetime) -> None:
    """Take back the plan's credits of the period that the invoice bills; what was spent of them becomes debt."""
    with enter_team(account.team):
        for grant in _list_grants(invoice):
            revoke_grant(
                source_key=grant.source_key,
                key=f"invoice:{invoice.pk}:{key}:{grant.pk}",
                note=GrantNote(reason=reason[:300]),
            )
    Invoice.objects.filter(pk=invoice.pk, revoked_at=None).update(revoked_at=now)


def restore_invoice(account: LockedAccount, invoice: Invoice, *, key: str, reason: str) -> None:
    """Undo `revoke_invoice` of the same key: a dispute was won."""
    with enter_team(account.team):
        for revocation in Revocation.objects.filter(key__startswith=f"invoice:{invoice.pk}:{key}:").order_by("id"):
            restore_grant(key=revocation.key, note=GrantNote(reason=reason[:300]))
    Invoice.objects.filter(pk=invoice.pk).update(revoked_at=None)


def _list_grants(invoice: Invoice) -> list[Grant]:
    """The plan's grants of the billed time. Proration lines of an upgrade reach from its moment to the period's end."""
    if invoice.subscription_id is None or invoice.period_start is None or invoice.period_end is None:
        return []
    grants = Grant.objects.filter(
        origin=Grant.Origin.PLAN, effective_at__gte=invoice.period_start, effective_at__lt=invoice.period_end
    )
    return list(grants.order_by("id"))
