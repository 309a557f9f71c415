"""Checkouts and those who go there."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SessionFacts:
    id: str
    mode: str
    status: str
    is_paid: bool
    customer_id: str
    subscription_id: str
    payment_intent_id: str
    reference: str
    total_cents: int
    currency: str
    url: str
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    id: str
    is_deleted: bool
    email: str
    name: str
    address: dict[str, str]
    tax_id_type: str
    tax_id: str
