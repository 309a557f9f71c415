"""How a team stands, as the API says it."""

from typing import Any

from apps.billing.models import Subscription
from apps.billing.selectors import BillingOverview


def show_overview(overview: BillingOverview) -> dict[str, Any]:
    version, subscription = overview.plan_version, overview.subscription
    shown = {
        "plan": version.plan.code,
        "plan_version": version.number,
        "state": overview.state,
        "provider": overview.provider,
        "currency": subscription.currency if subscription else version.currency,
        "paid_until": overview.team.paid_until,
        "next_payment": _show_next_payment(overview),
        "seats": version.seats,
        "seats_taken": overview.seats_taken,
        "test_payments": overview.is_test,
    }
    return shown | _show_subscription(subscription)


def _show_subscription(subscription: Subscription | None) -> dict[str, Any]:
    if subscription is None:
        names = ("status", "interval", "price_cents", "period", "grace_until", "scheduled")
        return dict.fromkeys(names) | {"cancel_at_period_end": False}
    return {
        "status": subscription.status,
        "interval": subscription.interval,
        "price_cents": subscription.price_cents,
        "period": {"start": subscription.current_period_start, "end": subscription.current_period_end},
        "grace_until": subscription.grace_until,
        "cancel_at_period_end": subscription.cancel_at_period_end,
        "scheduled": _show_scheduled(subscription),
    }


def _show_scheduled(subscription: Subscription) -> dict[str, Any] | None:
    version = subscription.scheduled_plan_version
    if version is None:
        return None
    return {
        "plan": version.plan.code,
        "interval": subscription.scheduled_interval,
        "at": subscription.scheduled_at,
        "keep": subscription.keep_user_ids,
    }


def _show_next_payment(overview: BillingOverview) -> dict[str, Any] | None:
    if overview.subscription is None or overview.next_payment_at is None:
        return None
    return {
        "at": overview.next_payment_at,
        "amount_cents": overview.next_payment_cents,
        "currency": overview.subscription.currency,
    }
