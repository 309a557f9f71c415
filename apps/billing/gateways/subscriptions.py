"""Subscriptions, their changes, and the invoices that they make."""

from datetime import datetime
from typing import Any

from .client import ObjectMissing, stripe_api
from .facts import InvoiceFacts, PreviewFacts, PriceFacts, SubscriptionFacts
from .reading import read_invoice, read_preview, read_subscription

MOST_SUBSCRIPTIONS = 100
MOST_INVOICES = 24


def fetch_subscriptions(customer_id: str) -> list[SubscriptionFacts]:
    """All of a customer's, ended ones too, newest first. A customer that our key does not know has none to show."""
    try:
        with stripe_api() as api:
            listed = api.subscriptions.list({"customer": customer_id, "status": "all", "limit": MOST_SUBSCRIPTIONS})
            return [read_subscription(one) for one in listed.data]
    except ObjectMissing:
        return []


def fetch_invoices(customer_id: str) -> list[InvoiceFacts]:
    """A customer's last two years of monthly invoices, newest first."""
    try:
        with stripe_api() as api:
            listed = api.invoices.list({"customer": customer_id, "limit": MOST_INVOICES, "expand": ["data.payments"]})
            return [read_invoice(one) for one in listed.data if one.status]
    except ObjectMissing:
        return []


def preview_change(
    *, customer_id: str, subscription_id: str, item_id: str, price: PriceFacts, at: datetime
) -> PreviewFacts:
    """What a change at once would cost if it were made at `at`."""
    with stripe_api() as api:
        made = api.invoices.create_preview(
            {
                "customer": customer_id,
                "subscription": subscription_id,
                "subscription_details": {
                    "items": [{"id": item_id, "price": price.id}],
                    "proration_behavior": "always_invoice",
                    "proration_date": int(at.timestamp()),
                },
            }
        )
    return read_preview(made)


def change_now(
    *, subscription_id: str, item_id: str, price: PriceFacts, at: datetime | None, key: str
) -> SubscriptionFacts:
    """Change the price at once and bill the difference; while that is unpaid the old price stays."""
    params: dict[str, Any] = {
        "items": [{"id": item_id, "price": price.id}],
        "proration_behavior": "always_invoice",
        "payment_behavior": "pending_if_incomplete",
    }
    if at is not None:
        params["proration_date"] = int(at.timestamp())
    return _update(subscription_id, params, key=key)


def set_cancel_at_period_end(*, subscription_id: str, cancel: bool, key: str) -> SubscriptionFacts:
    return _update(subscription_id, {"cancel_at_period_end": cancel}, key=key)


def cancel_now(*, subscription_id: str, key: str) -> None:
    """End a subscription at once. One that has ended, or that our key does not know, is left alone."""
    try:
        with stripe_api() as api:
            api.subscriptions.cancel(subscription_id, {}, {"idempotency_key": key})
    except ObjectMissing:
        return


def schedule_change(*, subscription: SubscriptionFacts, price: PriceFacts, key: str) -> str:
    """Have the next period begin with another price; returns the schedule's id."""
    schedule_id = subscription.schedule_id
    with stripe_api() as api:
        if not schedule_id:
            made = api.subscription_schedules.create(
                {"from_subscription": subscription.id}, {"idempotency_key": f"{key}:create"}
            )
            schedule_id = made.id
        now = {
            "items": [{"price": subscription.price.id, "quantity": 1}],
            "start_date": int(subscription.period_start.timestamp()),
            "end_date": int(subscription.period_end.timestamp()),
            "proration_behavior": "none",
        }
        then = {
            "items": [{"price": price.id, "quantity": 1}],
            "start_date": int(subscription.period_end.timestamp()),
            "duration": {"interval": price.interval, "interval_count": 1},
            "proration_behavior": "none",
        }
        api.subscription_schedules.update(
            schedule_id,
            {"phases": [now, then], "end_behavior": "release", "proration_behavior": "none"},  # type: ignore[arg-type]
            {"idempotency_key": f"{key}:update"},
        )
    return schedule_id


def release_schedule(*, schedule_id: str, key: str) -> None:
    """Forget a change that was agreed for later. One that is gone already is left alone."""
    try:
        with stripe_api() as api:
            api.subscription_schedules.release(schedule_id, {}, {"idempotency_key": key})
    except ObjectMissing:
        return


def _update(subscription_id: str, params: dict[str, Any], *, key: str) -> SubscriptionFacts:
    with stripe_api() as api:
        changed = api.subscriptions.update(subscription_id, params, {"idempotency_key": key})  # type: ignore[arg-type]
    return read_subscription(changed)
