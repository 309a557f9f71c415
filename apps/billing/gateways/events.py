"""The events that Stripe sends: believed only with a signature of ours over exactly these bytes."""

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe
from django.conf import settings

from apps.billing.errors import BillingNotConfigured, EventTooLarge, SignatureInvalid

from .reading import read_id

TOLERANCE_SECONDS = 300
MAX_BYTES = 512 * 1024
# What a body that is no event of Stripe's ends in, signed or not.
_MALFORMED = (
    stripe.SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError,
    RecursionError,
)  # fmt: skip
# NUL and halves of a surrogate pair: JSON may escape them, PostgreSQL takes neither.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


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

    Characters that cannot be stored are replaced (U+FFFD), so that no customer's text keeps an event from us. Raises
    `BillingNotConfigured` without a secret, `EventTooLarge`, and `SignatureInvalid` for anything that Stripe did not
    sign as it is, malformed bodies included.
    """
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise BillingNotConfigured
    if len(body) > MAX_BYTES:
        raise EventTooLarge
    try:
        stripe.WebhookSignature.verify_header(
            body.decode(), signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS
        )
        return _read(_as_storable(json.loads(body)))
    except _MALFORMED as error:
        raise SignatureInvalid from error


def _read(found: dict[str, Any]) -> EventFacts:
    about = found["data"]["object"]
    customer = about["id"] if about.get("object") == "customer" else read_id(about.get("customer"))
    return EventFacts(
        id=_read_name(found["id"])[:255],
        type=_read_name(found["type"])[:80],
        object_id=str(about.get("id") or "")[:255],
        customer_id=str(customer)[:255],
        created=datetime.fromtimestamp(found["created"], tz=UTC),
        api_version=str(found.get("api_version") or "")[:40],
        livemode=bool(found.get("livemode")),
        payload=found,
    )


def _read_name(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("no name")
    return value


def _as_storable(value: Any) -> Any:
    """The same with texts that PostgreSQL takes; raises `ValueError` for numbers that are none."""
    match value:
        case str():
            return _UNSTORABLE.sub(_REPLACEMENT, value)
        case dict():
            return {_as_storable(name): _as_storable(one) for name, one in value.items()}
        case list():
            return [_as_storable(one) for one in value]
        case float() if not math.isfinite(value):
            raise ValueError("no number")
    return value
