"""Invoices, written or only previewed."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    description: str
    quantity: int
    amount_cents: int
    period_start: datetime
    period_end: datetime
    is_proration: bool


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    id: str
    customer_id: str
    subscription_id: str
    payment_intent_id: str
    number: str
    status: str
    reason: str
    currency: str
    subtotal_cents: int
    tax_cents: int
    total_cents: int
    paid_cents: int
    due_cents: int
    hosted_url: str
    pdf_url: str
    customer_name: str
    customer_address: dict[str, str]
    customer_tax_ids: list[dict[str, str]]
    created_at: datetime
    finalized_at: datetime | None
    paid_at: datetime | None
    attempts: int
    lines: list[InvoiceLine] = field(default_factory=list)

    @property
    def covers_until(self) -> datetime | None:
        """The end of the latest period that it bills."""
        return max((line.period_end for line in self.lines if line.amount_cents >= 0), default=None)


@dataclass(frozen=True, slots=True)
class PreviewFacts:
    """What a change would cost now. Negative amounts are given back."""

    total_cents: int
    due_cents: int
    currency: str
    lines: list[InvoiceLine]
