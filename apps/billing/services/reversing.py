"""The rows of money that went back, with the day on which it did."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.billing.gateways import PaymentFacts
from apps.billing.models import Invoice, PaymentReversal, TopupOrder

from .accounts import LockedAccount

Kind = PaymentReversal.Kind
# What was never given, or came back.
VOID_REFUNDS = {"failed", "canceled"}


def record_reversals(account: LockedAccount, payment: PaymentFacts, *, of: TopupOrder | Invoice) -> None:
    """Write down each refund and dispute of a payment that is not written down yet, and the day of the last refund.

    Repeatable. Of a top-up never more goes back than it cost: taxes are no revenue, so they are no refund either.
    """
    known = dict(_list_known(account, payment, of).values_list("reason", "amount_cents"))
    for row in _list_rows(payment, known):
        if isinstance(of, TopupOrder):
            row.amount_cents = min(row.amount_cents, of.price_cents - sum(known.values()))
            row.order = of
        else:
            row.invoice = of
        row.account_id, row.currency = account.pk, of.currency
        if row.amount_cents:
            row.save(force_insert=True)
            known[row.reason] = row.amount_cents
    of.refunded_at = max((one.created_at for one in payment.refunds if one.status not in VOID_REFUNDS), default=None)


def _list_known(account: LockedAccount, payment: PaymentFacts, of: TopupOrder | Invoice) -> QuerySet[PaymentReversal]:
    """Its own rows, and those written for another paper of the same payment: a top-up has an invoice as well."""
    papers = Q(invoice__stripe_payment_intent_id=payment.id) | Q(order__stripe_payment_intent_id=payment.id)
    own = Q(order=of) if isinstance(of, TopupOrder) else Q(invoice=of)
    return PaymentReversal.objects.filter(own | papers, account_id=account.pk)


def _list_rows(payment: PaymentFacts, known: dict[str, int]) -> Iterator[PaymentReversal]:
    """What is new: money that went, and money of a known row that came back."""
    for refund in payment.refunds:
        key = f"refund:{refund.id}"
        if refund.status not in VOID_REFUNDS and key not in known:
            yield PaymentReversal(kind=Kind.REFUND, amount_cents=refund.amount_cents, at=refund.created_at, reason=key)
        elif refund.status in VOID_REFUNDS and known.get(key) and f"{key}:failed" not in known:
            yield _take_back(Kind.REFUND, known[key], reason=f"{key}:failed")
    for dispute in payment.disputes:
        key = f"dispute:{dispute.id}"
        if dispute.has_taken_money and key not in known:
            yield PaymentReversal(
                kind=Kind.DISPUTE, amount_cents=dispute.amount_cents, at=dispute.created_at, reason=key
            )
        elif dispute.is_won and known.get(key) and f"{key}:won" not in known:
            yield _take_back(Kind.DISPUTE, known[key], reason=f"{key}:won")


def _take_back(kind: Kind, amount: int, *, reason: str) -> PaymentReversal:
    return PaymentReversal(kind=kind, amount_cents=-amount, at=timezone.now(), reason=reason)
