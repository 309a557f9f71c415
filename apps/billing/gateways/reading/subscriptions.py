"""Prices and subscriptions. A subscription's period stands on its item."""

from typing import Any

from apps.billing.gateways.facts import PriceFacts, SubscriptionFacts

from .plain import as_dict, read_id, read_moment, read_time


def read_price(found: dict[str, Any]) -> PriceFacts:
    recurring = found.get("recurring") or {}
    return PriceFacts(
        id=found["id"],
        key=(found.get("metadata") or {}).get("plan_key") or found.get("lookup_key") or "",
        amount_cents=found.get("unit_amount") or 0,
        currency=found["currency"].upper(),
        interval=recurring.get("interval", ""),
    )


def read_subscription(given: Any) -> SubscriptionFacts:
    found = as_dict(given)
    item = found["items"]["data"][0]
    return SubscriptionFacts(
        id=found["id"],
        customer_id=read_id(found["customer"]),
        status=found["status"],
        item_id=item["id"],
        price=read_price(item["price"]),
        started_at=read_moment(found["start_date"]),
        anchor_at=read_moment(found["billing_cycle_anchor"]),
        period_start=read_moment(item["current_period_start"]),
        period_end=read_moment(item["current_period_end"]),
        cancel_at_period_end=bool(found.get("cancel_at_period_end") or found.get("cancel_at")),
        ended_at=read_time(found.get("ended_at")),
        schedule_id=read_id(found.get("schedule")),
        is_change_pending=bool(found.get("pending_update")),
        latest_invoice_id=read_id(found.get("latest_invoice")),
    )
