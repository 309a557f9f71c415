"""Prices and subscriptions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """A recurring price, and the plan version that it was made for (`plan:<code>:v<number>:<interval>`)."""

    id: str
    key: str
    amount_cents: int
    currency: str
    interval: str

    @property
    def plan(self) -> tuple[str, int] | None:
        """Code and number of the plan version, or None for a price that is not ours."""
        parts = self.key.split(":")
        if len(parts) != 4 or parts[0] != "plan" or not parts[2][1:].isdecimal():
            return None
        return parts[1], int(parts[2][1:])


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    id: str
    customer_id: str
    status: str
    item_id: str
    price: PriceFacts
    started_at: datetime
    anchor_at: datetime
    period_start: datetime
    period_end: datetime
    cancel_at_period_end: bool
    ended_at: datetime | None
    schedule_id: str
    is_change_pending: bool
    latest_invoice_id: str
