"""Payments and what became of them."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RefundFacts:
    id: str
    amount_cents: int
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    id: str
    amount_cents: int
    status: str
    created_at: datetime

    @property
    def is_won(self) -> bool:
        """Won, or closed without the money ever leaving."""
        return self.status in {"won", "warning_closed", "prevented"}

    @property
    def has_taken_money(self) -> bool:
        return not self.is_won and not self.status.startswith("warning")


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment as it stands: how much of it went back, and what is disputed."""

    id: str
    customer_id: str
    amount_cents: int
    refunded_cents: int
    currency: str
    disputes: list[DisputeFacts] = field(default_factory=list)
    refunds: list[RefundFacts] = field(default_factory=list)
