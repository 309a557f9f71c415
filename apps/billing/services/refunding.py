"""What follows when a payment goes back: a refund, or a dispute at the customer's bank.

Rules. A top-up that is refunded in part loses the same part of its units, rounded down: what is left over stays the
customer's. While a dispute runs, what it disputes is taken back; won, it comes back. Of a plan's invoice only a full
refund, or a dispute, takes the period's credits; a refund in part is a courtesy. The subscription itself lives on
until somebody ends it. What was spent of anything taken back becomes debt in the wallet.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.billing import gateways
from apps.billing.gateways import DisputeFacts, PaymentFacts
from apps.billing.models import BillingAccount, Invoice, TopupOrder
from apps.credits.models import Revocation
from apps.credits.services import GrantNote, restore_grant, revoke_grant
from apps.teams.access import enter_team

from .accounts import LockedAccount
from .reversing import record_reversals
from .rolling import roll_up_account
from .syncing import look_and_store
from .voiding import restore_invoice, revoke_invoice

State = TopupOrder.State


def settle_payment(payment_intent_id: str) -> bool:
    """Look at a payment at Stripe and bring what it had paid for in line; False when it is none of ours. Repeatable."""
    account = find_payer(payment_intent_id)
    if account is None:
        return False

    def store(locked: LockedAccount, seen: PaymentFacts | None, _now: datetime) -> None:
        if seen is not None:
            _settle(locked, seen)

    look_and_store(account.pk, look=lambda: gateways.fetch_payment(payment_intent_id), store=store)
    return True


def find_payer(payment_intent_id: str) -> BillingAccount | None:
    """The account that made a payment, for a top-up or an invoice."""
    order = TopupOrder.objects.select_related("account").filter(stripe_payment_intent_id=payment_intent_id).first()
    if order is not None:
        return order.account
    invoice = Invoice.objects.select_related("account").filter(stripe_payment_intent_id=payment_intent_id).first()
    return invoice.account if invoice else None


@transaction.atomic
def _settle(account: LockedAccount, payment: PaymentFacts) -> None:
    order = TopupOrder.objects.select_for_update().filter(stripe_payment_intent_id=payment.id).first()
    if order is not None:
        _settle_topup(account, order, payment)
    if order is None:
        for invoice in Invoice.objects.filter(account_id=account.pk, stripe_payment_intent_id=payment.id):
            if not _may_be_topup(account, invoice):
                _settle_invoice(account, invoice, payment)
    roll_up_account(account)


def _may_be_topup(account: LockedAccount, invoice: Invoice) -> bool:
    """A top-up's own invoice, whose order is not granted yet: what went back is settled with the order, once."""
    return invoice.subscription_id is None and account.topups.filter(state=State.OPEN).exists()


def _settle_topup(account: LockedAccount, order: TopupOrder, payment: PaymentFacts) -> None:
    if order.granted_at is None:
        return
    with enter_team(account.team):
        for dispute in payment.disputes:
            _settle_dispute(order, dispute)
        refunded = min(payment.refunded_cents, order.price_cents)
        _take_back(order, cents=refunded, key=f"topup:{order.pk}:refund:{refunded}", already=_sum_refunds(order))
        order.revoked_quantity = _sum_revoked(order, "")
    order.refunded_cents = refunded
    order.state = _name_state(order, payment)
    record_reversals(account, payment, of=order)
    order.save(update_fields=["refunded_cents", "refunded_at", "revoked_quantity", "state"])
    own = Invoice.objects.filter(account_id=account.pk, stripe_payment_intent_id=payment.id)
    own.update(refunded_cents=payment.refunded_cents, refunded_at=order.refunded_at)


def _settle_dispute(order: TopupOrder, dispute: DisputeFacts) -> None:
    key = f"topup:{order.pk}:dispute:{dispute.id}"
    if dispute.has_taken_money:
        _take_back(order, cents=min(dispute.amount_cents, order.price_cents), key=key, already=0)
    elif dispute.is_won and Revocation.objects.filter(key=key, restored_at=None).exists():
        restore_grant(key=key, note=GrantNote(reason="The dispute was won"))


def _take_back(order: TopupOrder, *, cents: int, key: str, already: int) -> None:
    """Revoke the part of the units that these cents paid for, less what was revoked for the same reason before."""
    units = order.quantity * cents // order.price_cents - already if order.price_cents else 0
    if units > 0 and not Revocation.objects.filter(key=key).exists():
        reason = "The payment was disputed" if ":dispute:" in key else "The payment was refunded"
        revoke_grant(source_key=order.source_key, key=key, amount=units, note=GrantNote(reason=reason))


def _sum_refunds(order: TopupOrder) -> int:
    return _sum_revoked(order, "refund:")


def _sum_revoked(order: TopupOrder, reason: str) -> int:
    rows = Revocation.objects.filter(key__startswith=f"topup:{order.pk}:{reason}", restored_at=None)
    return sum(rows.values_list("amount", flat=True))


def _name_state(order: TopupOrder, payment: PaymentFacts) -> str:
    if any(dispute.has_taken_money for dispute in payment.disputes):
        return State.DISPUTED
    return State.REFUNDED if order.refunded_cents >= order.price_cents else State.PAID


def _settle_invoice(account: LockedAccount, invoice: Invoice, payment: PaymentFacts) -> None:
    now = timezone.now()
    record_reversals(account, payment, of=invoice)
    invoice.refunded_cents = payment.refunded_cents
    invoice.save(update_fields=["refunded_cents", "refunded_at"])
    for dispute in payment.disputes:
        key = f"dispute:{dispute.id}"
        if dispute.has_taken_money:
            revoke_invoice(account, invoice, key=key, reason=f"The payment of {invoice} was disputed", now=now)
        elif dispute.is_won:
            restore_invoice(account, invoice, key=key, reason=f"The dispute of {invoice} was won")
    if payment.refunded_cents and payment.refunded_cents >= payment.amount_cents and not payment.disputes:
        revoke_invoice(account, invoice, key="refund", reason=f"The payment of {invoice} was refunded", now=now)
