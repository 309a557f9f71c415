"""Another plan or interval, cancelling and resuming, by the team itself.

A change takes effect at once when neither the plan nor the interval goes down, and is prorated and paid at once or not
made at all. Everything else begins with the next period. Each step first looks at Stripe, so that a step repeated after
a crash finds what the first try did; its key at Stripe names the state it started from.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.billing import gateways
from apps.billing.errors import (
    BillingBusy,
    CancellationPending,
    ChangeNotNeeded,
    CurrencyDiffers,
    KeepInvalid,
    ManuallyBilled,
    PaymentFailed,
    PlanNotForSale,
    PreviewExpired,
    SubscriptionMissing,
)
from apps.billing.gateways import InvoiceLine, PriceFacts, SubscriptionFacts
from apps.billing.models import BillingAccount, Interval, Provider, Subscription
from apps.plans.models import PlanVersion
from apps.plans.selectors import get_plan_version
from apps.teams.models import Membership, Team

from .accounts import ensure_account, lock_account
from .syncing import sync_account

# How long a previewed amount is charged as it was shown.
PREVIEW_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class ChangePreview:
    """What a change would mean. `due_cents` is what would be charged now; below zero is kept as a credit."""

    plan_version: PlanVersion
    interval: str
    is_immediate: bool
    effective_at: datetime
    due_cents: int
    total_cents: int
    price_cents: int
    currency: str
    proration_at: datetime | None
    seats: int
    members_beyond_seats: int
    lines: list[InvoiceLine]


@dataclass(frozen=True)
class Change:
    """A change that is possible: from where, to what, and whether at once."""

    account: BillingAccount
    row: Subscription
    facts: SubscriptionFacts
    plan_version: PlanVersion
    interval: str

    @property
    def is_immediate(self) -> bool:
        now, then = self.row.plan_version.plan.position, self.plan_version.plan.position
        is_shorter = self.row.interval == Interval.YEAR and self.interval == Interval.MONTH
        return then >= now and not is_shorter

    @property
    def key(self) -> str:
        """Names this step from this state: two windows at once make one change."""
        wanted = f"{self.plan_version.pk}:{self.interval}"
        return f"change:{self.account.uuid}:{self.account.sync_number}:{wanted}"


def preview_change(*, team: Team, plan: str, interval: str) -> ChangePreview:
    """What another plan or interval would cost and when it would begin. Changes nothing.

    Raises `SubscriptionMissing`, `ManuallyBilled`, `CancellationPending`, `ChangeNotNeeded`, `PlanNotForSale`,
    `CurrencyDiffers`.
    """
    change = _plan_change(team, plan=plan, interval=interval)
    version = change.plan_version
    price_cents = version.price_month_cents if interval == Interval.MONTH else version.price_year_cents
    due, total, lines, at = 0, 0, [], None
    if change.is_immediate:
        at = timezone.now().replace(microsecond=0)
        found = gateways.preview_change(
            customer_id=change.facts.customer_id,
            subscription_id=change.facts.id,
            item_id=change.facts.item_id,
            price=_ensure_price(change),
            at=at,
        )
        due, total, lines = found.due_cents, found.total_cents, found.lines
    return ChangePreview(
        plan_version=version,
        interval=interval,
        is_immediate=change.is_immediate,
        effective_at=at or change.facts.period_end,
        due_cents=due,
        total_cents=total,
        price_cents=price_cents,
        currency=version.currency,
        proration_at=at,
        seats=version.seats,
        members_beyond_seats=max(0, _count_members(team) - version.seats),
        lines=lines,
    )


def change_subscription(
    *, team: Team, plan: str, interval: str, keep: list[int] | None = None, proration_at: datetime | None = None
) -> Subscription:
    """Change plan or interval: at once and paid, or with the next period. Choosing what is there takes back what was
    agreed for later.

    `keep` names the members who stay active where the new plan has fewer seats (users' ids; the owner always stays).
    `proration_at` is the preview's, so that its amount is what is charged. Raises as `preview_change` does, and
    `PreviewExpired` for one of more than an hour ago or of a former period, `PaymentFailed` (nothing changed; the
    details say where to pay), `KeepInvalid`.
    """
    try:
        change = _plan_change(team, plan=plan, interval=interval)
    except ChangeNotNeeded:
        return _forget_scheduled(team)
    check_keep(team=team, plan_version=change.plan_version, keep=keep or [])
    if change.is_immediate:
        return _change_now(change, proration_at=proration_at)
    return _schedule(change, keep=keep or [])


def cancel_subscription(*, team: Team) -> Subscription:
    """End the plan with its period; until then everything stays. Repeatable."""
    return _set_cancel(team, cancel=True)


def resume_subscription(*, team: Team) -> Subscription:
    """Take a cancellation back, as long as the period lasts. Repeatable."""
    return _set_cancel(team, cancel=False)


def check_keep(*, team: Team, plan_version: PlanVersion, keep: list[int]) -> None:
    """Raise `KeepInvalid` unless `keep` names active members that have a seat beside the owner."""
    members = Membership.objects.filter(team=team, state=Membership.State.ACTIVE)
    owner_id = members.filter(role=Membership.Role.OWNER).values_list("user_id", flat=True).first()
    if set(keep) - set(members.values_list("user_id", flat=True)):
        raise KeepInvalid(details={"keep": ["Names somebody who is no active member of the team."]})
    if len(set(keep) | {owner_id}) > plan_version.seats:
        raise KeepInvalid(details={"keep": [f"The plan has {plan_version.seats} seats, the owner's included."]})


def find_live(account: BillingAccount) -> Subscription:
    """The account's subscription that Stripe bills; raises `SubscriptionMissing` or `ManuallyBilled`."""
    row = account.subscriptions.select_related("plan_version__plan").filter(ended_at=None).first()
    if row is None:
        raise SubscriptionMissing
    if row.provider == Provider.MANUAL:
        raise ManuallyBilled
    return row


def _look(team: Team) -> tuple[BillingAccount, Subscription, SubscriptionFacts]:
    """The team's subscription as Stripe has it now, and ours brought in line with it."""
    account = ensure_account(team)
    find_live(account)
    sync_account(account.pk)
    account.refresh_from_db()
    row = find_live(account)
    listed = gateways.fetch_subscriptions(account.stripe_customer_id or "")
    facts = next((one for one in listed if one.id == row.stripe_subscription_id), None)
    if facts is None:
        raise SubscriptionMissing
    return account, row, facts


def _plan_change(team: Team, *, plan: str, interval: str) -> Change:
    account, row, facts = _look(team)
    version = get_plan_version(plan)
    if not version.is_paid:
        raise PlanNotForSale(details={"plan": plan})
    if row.cancel_at_period_end:
        raise CancellationPending
    if row.plan_version.plan_id == version.plan_id:
        version = row.plan_version  # what was agreed stays: another interval of the same plan is of the same version
        if row.interval == interval:
            raise ChangeNotNeeded
    if version.currency != row.currency:
        raise CurrencyDiffers(details={"current": row.currency, "wanted": version.currency})
    return Change(account, row, facts, version, interval)


def _change_now(change: Change, *, proration_at: datetime | None) -> Subscription:
    now = timezone.now()
    earliest = max(now - PREVIEW_LASTS, change.facts.period_start)
    if proration_at is not None and not earliest <= proration_at <= now:
        raise PreviewExpired
    was_scheduled = change.row.scheduled_plan_version if change.facts.schedule_id else None
    if change.facts.schedule_id:
        gateways.release_schedule(schedule_id=change.facts.schedule_id, key=f"{change.key}:release")
    stamp = int(proration_at.timestamp()) if proration_at else 0
    changed = gateways.change_now(
        subscription_id=change.facts.id,
        item_id=change.facts.item_id,
        price=_ensure_price(change),
        at=proration_at,
        key=f"{change.key}:{stamp}",
    )
    sync_account(change.account.pk)
    change.row.refresh_from_db()
    if changed.is_change_pending or not _is_made(change, changed.price):
        raise _refuse_payment(change, pay_url=_find_pay_url(change, changed), was_scheduled=was_scheduled)
    if (change.row.plan_version_id, change.row.interval) != (change.plan_version.pk, change.interval):
        raise BillingBusy(retry_after=1)  # paid and made, and already changed again in another window
    return change.row


def _refuse_payment(change: Change, *, pay_url: str, was_scheduled: PlanVersion | None) -> PaymentFailed:
    """Stripe takes no payment for a change while another is agreed for later, so that one was taken back before: it is
    not agreed again, for the open invoice can still be paid, and then the change is made."""
    if was_scheduled is None:
        return PaymentFailed(details={"pay_url": pay_url})
    return PaymentFailed(
        f"{PaymentFailed.message} But the change to {was_scheduled.plan.name} that was agreed for later was taken back:"
        " please choose it again if you still want it.",
        details={"pay_url": pay_url, "taken_back": was_scheduled.plan.code},
    )


def _is_made(change: Change, price: PriceFacts) -> bool:
    version = change.plan_version
    return (price.plan, price.interval) == ((version.plan.code, version.number), change.interval)


def _schedule(change: Change, *, keep: list[int]) -> Subscription:
    schedule_id = gateways.schedule_change(subscription=change.facts, price=_ensure_price(change), key=change.key)
    with transaction.atomic():
        account = lock_account(change.account.pk)
        Subscription.objects.filter(pk=change.row.pk, ended_at=None).update(
            scheduled_plan_version=change.plan_version,
            scheduled_interval=change.interval,
            scheduled_at=change.facts.period_end,
            stripe_schedule_id=schedule_id,
            keep_user_ids=keep,
        )
        account.sync_number += 1  # who asked before the schedule was made must ask again
        account.save(update_fields=["sync_number"])
    change.row.refresh_from_db()
    return change.row


def _forget_scheduled(team: Team) -> Subscription:
    account, row, facts = _look(team)
    if not facts.schedule_id:
        raise ChangeNotNeeded
    key = f"release:{account.uuid}:{account.sync_number}"
    gateways.release_schedule(schedule_id=facts.schedule_id, key=key)
    Subscription.objects.filter(pk=row.pk).update(keep_user_ids=[])
    sync_account(account.pk)
    if row.scheduled_plan_version_id is None:  # a schedule whose change was made already, and that lingers
        raise ChangeNotNeeded
    row.refresh_from_db()
    return row


def _set_cancel(team: Team, *, cancel: bool) -> Subscription:
    account, row, facts = _look(team)
    if facts.cancel_at_period_end == cancel:
        return row
    key = f"cancel:{account.uuid}:{account.sync_number}:{cancel}"
    if facts.schedule_id:
        gateways.release_schedule(schedule_id=facts.schedule_id, key=f"{key}:release")
    gateways.set_cancel_at_period_end(subscription_id=facts.id, cancel=cancel, key=key)
    sync_account(account.pk)
    row.refresh_from_db()
    return row


def _ensure_price(change: Change) -> PriceFacts:
    return gateways.ensure_price(plan_version=change.plan_version, interval=change.interval)


def _find_pay_url(change: Change, changed: SubscriptionFacts) -> str:
    invoice = change.account.invoices.filter(stripe_invoice_id=changed.latest_invoice_id).first()
    return invoice.hosted_url if invoice else ""


def _count_members(team: Team) -> int:
    return Membership.objects.filter(team=team, state=Membership.State.ACTIVE).count()
