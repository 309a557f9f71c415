"""The events that Stripe sends: believed only with a signature of ours over exactly these bytes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import stripe
from django.conf import settings

from apps.billing.errors import BillingNotConfigured, EventTooLarge, SignatureInvalid

from .reading import read_id

TOLERANCE_SECONDS = 300
MAX_BYTES = 512 * 1024
# What a body that is no event of Stripe's ends in, signed or not.
_MALFORMED = (
    stripe.SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventFacts:
    id: str
    type: str
    object_id: str
    customer_id: str
    created: datetime
    api_version: str
    livemode: bool
    payload: dict[str, Any]


def read_event(*, body: bytes, signature: str) -> EventFacts:
    """Check the signature over the raw bytes (at most five minutes old) and read the event.

    Raises `BillingNotConfigured` without a secret, `EventTooLarge`, and `SignatureInvalid` for anything that Stripe
    did not sign as it is, malformed bodies included.
    """
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise BillingNotConfigured
    if len(body) > MAX_BYTES:
        raise EventTooLarge
    try:
        stripe.WebhookSignature.verify_header(
            body.decode(), signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS
        )
        return _read(orjson.loads(body))
    except _MALFORMED as error:
        raise SignatureInvalid from error


def _read(found: dict[str, Any]) -> EventFacts:
    about = found["data"]["object"]
    customer = about["id"] if about.get("object") == "customer" else read_id(about.get("customer"))
    return EventFacts(
        id=found["id"][:255],
        type=found["type"][:80],
        object_id=str(about.get("id") or "")[:255],
        customer_id=str(customer)[:255],
        created=datetime.fromtimestamp(found["created"], tz=UTC),
        api_version=str(found.get("api_version") or "")[:40],
        livemode=bool(found.get("livemode")),
        payload=found,
    )
