"""Giving what a finished checkout paid for: one function, called by the webhook, the success page and the sweep."""

import structlog
from django.db import transaction
from django.utils import timezone

from apps.billing import gateways
from apps.billing.errors import CheckoutNotFound
from apps.billing.gateways import SessionFacts
from apps.billing.models import BillingAccount, Checkout, TopupOrder
from apps.credits.models import Grant
from apps.credits.services import GrantNote, grant_credits
from apps.teams.access import enter_team

from .accounts import LockedAccount, lock_account
from .refunding import settle_payment
from .rolling import roll_up_account
from .syncing import sync_account

State = TopupOrder.State
logger = structlog.get_logger(__name__)


def fulfil_session(session_id: str, *, team_id: int | None = None) -> Checkout | TopupOrder:
    """Look at a checkout at Stripe and give what it paid for, exactly once however often and by whom it is called.

    With `team_id` only that team's checkouts are found. Raises `CheckoutNotFound`, and `BillingUnavailable` when
    Stripe is away (then a later call does it).
    """
    order = find_order(session_id)
    if order is None or (team_id is not None and order.account.team_id != team_id):
        raise CheckoutNotFound
    session = gateways.fetch_session(session_id)
    if session is None:  # another key's or mode's: nothing is known, so nothing changes
        raise CheckoutNotFound
    if isinstance(order, Checkout):
        return _settle_checkout(order, session)
    return _settle_topup(order, session)


def find_order(session_id: str) -> Checkout | TopupOrder | None:
    """The order that a session of Stripe's was opened for."""
    for model in (TopupOrder, Checkout):
        found = model.objects.select_related("account__team").filter(stripe_session_id=session_id).first()
        if found is not None:
            return found
    return None


def _settle_checkout(order: Checkout, session: SessionFacts) -> Checkout:
    if session.subscription_id:
        sync_account(order.account_id)
    state = {"complete": Checkout.State.COMPLETED, "expired": Checkout.State.EXPIRED}.get(session.status)
    if state == Checkout.State.COMPLETED and _is_second(order, session):
        state = Checkout.State.RETURNED
    if state:
        Checkout.objects.filter(pk=order.pk).update(state=state)  # a page that ended stays so at Stripe
    order.refresh_from_db()
    return order


def _is_second(order: Checkout, session: SessionFacts) -> bool:
    """Was a plan there first, so that what this page sold was ended and given back (`cancel_duplicate`)?"""
    rows = order.account.subscriptions
    is_ours = rows.filter(stripe_subscription_id=session.subscription_id).exists()
    return bool(session.subscription_id) and not is_ours and rows.filter(ended_at=None).exists()


def _settle_topup(order: TopupOrder, session: SessionFacts) -> TopupOrder:
    if session.is_paid:
        grant_topup(order, session)
        if session.payment_intent_id:
            settle_payment(session.payment_intent_id)  # it may have been refunded before we heard of it
    elif session.status == "expired":
        TopupOrder.objects.filter(pk=order.pk, state=State.OPEN).update(state=State.EXPIRED)
    order.refresh_from_db()
    return order


@transaction.atomic
def grant_topup(order: TopupOrder, session: SessionFacts) -> None:
    """Grant a paid order's units and mark it paid, both or neither; the payment's own name in the ledger grants once.

    A session that was paid with another amount or by another customer than the order says is a fault and gives
    nothing: it is logged for the operator.
    """
    account = lock_account(order.account_id)
    locked = TopupOrder.objects.select_for_update().get(pk=order.pk)
    if locked.granted_at is not None or not _is_as_ordered(account, locked, session):
        return
    locked.stripe_payment_intent_id = session.payment_intent_id or None
    with enter_team(account.team):
        grant_credits(
            unit=locked.unit,
            amount=locked.quantity,
            origin=Grant.Origin.PURCHASE,
            source_key=locked.source_key,
            note=GrantNote(actor=locked.member, reason=f"Top-up: {locked.package.label}"),
        )
    locked.state, locked.granted_at = State.PAID, timezone.now()
    locked.save(update_fields=["state", "granted_at", "stripe_payment_intent_id"])
    roll_up_account(account)


def fail_topup(session_id: str) -> None:
    """A payment that takes days did not come: the order is over, nothing had been given."""
    TopupOrder.objects.filter(stripe_session_id=session_id, state=State.OPEN).update(state=State.FAILED)


def _is_as_ordered(account: LockedAccount | BillingAccount, order: TopupOrder, session: SessionFacts) -> bool:
    paid = (session.currency, session.customer_id, session.reference)
    if paid == (order.currency, account.stripe_customer_id, str(order.pk)) and session.total_cents >= order.price_cents:
        return True
    logger.error("billing.payment_differs", order=str(order.pk), session=session.id, cents=session.total_cents)
    return False
