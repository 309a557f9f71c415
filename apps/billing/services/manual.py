"""Teams that pay by transfer: a superadmin agrees plan, price and period with them, and the rest is as with Stripe."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.billing.errors import (
    BillingRefused,
    InvoiceClosed,
    InvoiceNumberTaken,
    SubscriptionExists,
    SubscriptionMissing,
)
from apps.billing.models import Interval, Invoice, Provider, Subscription
from apps.plans.models import PlanVersion
from apps.teams.models import Team

from .accounts import LockedAccount, ensure_account, lock_account
from .standing import settle_locked

Status = Subscription.Status


@transaction.atomic
def start_manual(
    *,
    team: Team,
    plan_version: PlanVersion,
    interval: str,
    price_cents: int,
    period: tuple[datetime, datetime],
    note: str = "",
) -> Subscription:
    """Put a team on a plan that it pays by transfer, from the period's start on; the period counts as paid.

    A team that is on a paid plan already, which nobody bills, keeps its billing days: who pays is another matter than
    when a month begins, and the running month's credits are there. A larger plan brings the difference, as an upgrade
    does. Raises `SubscriptionExists` while the team has another subscription, by card or by transfer.
    """
    start, end = period
    if end <= start:
        raise BillingRefused("The period ends before it begins.")
    account = lock_account(ensure_account(team).pk)
    if live := account.subscriptions.filter(ended_at=None).first():
        raise SubscriptionExists(details={"provider": live.provider})
    anchor_at, applied_anchor_at = _choose_days(account, start)
    subscription = Subscription.objects.create(
        account_id=account.pk,
        provider=Provider.MANUAL,
        plan_version=plan_version,
        interval=Interval(interval),
        status=Status.ACTIVE,
        price_cents=price_cents,
        currency=plan_version.currency,
        started_at=start,
        anchor_at=anchor_at,
        applied_anchor_at=applied_anchor_at,
        current_period_start=start,
        current_period_end=end,
        paid_until=end,
        note=note,
    )
    return _settle(account, subscription)


@transaction.atomic
def extend_manual(*, subscription_id: int, until: datetime, note: str = "") -> Subscription:
    """The next transfer came: the team is paid until then, and current again if it was not. Takes a cancellation back.

    Raises `SubscriptionMissing` for one that ended or is Stripe's, `BillingRefused` for a date that lies before.
    """
    account, subscription = _lock(subscription_id)
    if until <= subscription.current_period_end:
        raise BillingRefused("The new end lies before the present one.")
    subscription.current_period_start = subscription.current_period_end
    subscription.current_period_end = subscription.paid_until = until
    subscription.status, subscription.grace_until, subscription.cancel_at_period_end = Status.ACTIVE, None, False
    _add_note(subscription, note)
    subscription.save()
    return _settle(account, subscription)


@transaction.atomic
def change_manual(
    *, subscription_id: int, plan_version: PlanVersion, interval: str, price_cents: int, note: str = ""
) -> Subscription:
    """Agree another plan or price from now on; the period stays."""
    account, subscription = _lock(subscription_id)
    subscription.plan_version, subscription.interval = plan_version, interval
    subscription.price_cents, subscription.currency = price_cents, plan_version.currency
    _add_note(subscription, note)
    subscription.save()
    return _settle(account, subscription)


@transaction.atomic
def end_manual(*, subscription_id: int, at_once: bool, note: str = "") -> Subscription:
    """End a manual subscription now, or with its period."""
    account, subscription = _lock(subscription_id)
    subscription.cancel_at_period_end = True
    if at_once:
        subscription.status, subscription.ended_at = Status.CANCELED, timezone.now()
    _add_note(subscription, note)
    subscription.save()
    return _settle(account, subscription)


@transaction.atomic
def issue_invoice(*, subscription: Subscription, number: str, total_cents: int, is_paid: bool) -> Invoice:
    """Write down an invoice that was sent for a manual subscription's period, with the details of the moment.

    Raises `InvoiceNumberTaken`: two invoices by transfer never have one number, also when a form is sent twice.
    """
    account = lock_account(subscription.account_id)
    if has_manual_invoice(number):
        raise InvoiceNumberTaken(details={"number": [number]})
    now = timezone.now()
    line = {
        "description": str(subscription),
        "quantity": 1,
        "amount_cents": total_cents,
        "period_start": subscription.current_period_start.isoformat(),
        "period_end": subscription.current_period_end.isoformat(),
        "proration": False,
    }
    return Invoice.objects.create(
        account=account,
        subscription=subscription,
        provider=Provider.MANUAL,
        number=number,
        status=Invoice.Status.PAID if is_paid else Invoice.Status.OPEN,
        reason="manual",
        currency=subscription.currency,
        subtotal_cents=total_cents,
        total_cents=total_cents,
        amount_due_cents=0 if is_paid else total_cents,
        amount_paid_cents=total_cents if is_paid else 0,
        period_start=subscription.current_period_start,
        period_end=subscription.current_period_end,
        lines=[line],
        customer_name=account.legal_name,
        customer_address=account.address,
        customer_tax_ids=[{"type": account.tax_id_type, "value": account.tax_id}] if account.tax_id else [],
        issued_at=now,
        paid_at=now if is_paid else None,
    )


def has_manual_invoice(number: str) -> bool:
    """Was an invoice of that number sent for a transfer already?"""
    return Invoice.objects.filter(provider=Provider.MANUAL, number=number).exists()


def close_invoice(*, invoice_id: int, is_paid: bool) -> Invoice:
    """The transfer for an open invoice came, or the invoice is void. Raises `InvoiceClosed` for any other invoice.

    Until when the team is paid is agreed with its subscription (`extend_manual`), not here.
    """
    closed = Invoice.objects.filter(pk=invoice_id, provider=Provider.MANUAL, status=Invoice.Status.OPEN).update(
        status=Invoice.Status.PAID if is_paid else Invoice.Status.VOID,
        amount_paid_cents=F("total_cents") if is_paid else 0,
        amount_due_cents=0,
        paid_at=timezone.now() if is_paid else None,
    )
    if not closed:
        raise InvoiceClosed
    return Invoice.objects.select_related("account__team").get(pk=invoice_id)


def _choose_days(account: LockedAccount, start: datetime) -> tuple[datetime, datetime | None]:
    """From when the billing days are counted, and, where the team has them already, that they are set."""
    team = Team.objects.select_related("plan_version").get(pk=account.team_id)  # as of after the lock
    if team.plan_version.is_paid:
        return team.billing_anchor_at, team.billing_anchor_at
    return start.replace(microsecond=0), None


def _lock(subscription_id: int) -> tuple[LockedAccount, Subscription]:
    found = Subscription.objects.filter(pk=subscription_id, provider=Provider.MANUAL).first()
    if found is None:
        raise SubscriptionMissing
    account = lock_account(found.account_id)
    subscription = account.subscriptions.select_related("plan_version__plan").get(pk=subscription_id)
    if not subscription.is_live:
        raise SubscriptionMissing
    return account, subscription


def _settle(account: LockedAccount, subscription: Subscription) -> Subscription:
    settle_locked(account, now=timezone.now())
    subscription.refresh_from_db()
    return subscription


def _add_note(subscription: Subscription, note: str) -> None:
    if note:
        subscription.note = f"{subscription.note}\n{note}".strip()
