"""The one way to Stripe: timeouts, retries with one key, the breaker, and Stripe's errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import stripe
import structlog
from django.conf import settings

from apps.billing.errors import (
    BillingNotConfigured,
    BillingRefused,
    BillingUnavailable,
    PaymentFailed,
    TaxIdRefused,
)
from apps.core.errors import DomainError
from apps.core.resilience import BreakerOpen, breaker

BREAKER = "payments.stripe"
FAILURES, RESET_AFTER_SECONDS = 5, 60.0
NETWORK_RETRIES = 2
CONNECT_SECONDS = 5.0
RETRY_AFTER_SECONDS = 5
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_AWAY = (stripe.APIConnectionError, stripe.RateLimitError)
logger = structlog.get_logger(__name__)


class ObjectMissing(Exception):
    """Stripe knows no such object under our key: another account's, another mode's, or none. It proves nothing."""


def is_configured() -> bool:
    return bool(settings.STRIPE_SECRET_KEY)


@contextmanager
def stripe_api() -> Iterator["stripe.V1Services"]:
    """Talk to Stripe: `with stripe_api() as api: api.customers.retrieve(…)`. Never inside a transaction.

    Raises `BillingNotConfigured` without a key, `BillingUnavailable` when Stripe is away or was too often,
    `PaymentFailed` for a declined card, `ObjectMissing`, and `BillingRefused` for what Stripe does not take.
    """
    if not is_configured():
        raise BillingNotConfigured
    try:
        with breaker(BREAKER, failures=FAILURES, reset_after=RESET_AFTER_SECONDS), _own_words():
            yield _make_client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_TIMEOUT_SECONDS).v1
    except BreakerOpen as error:
        raise BillingUnavailable(retry_after=error.retry_after) from error
    except _Missing as error:
        raise ObjectMissing(str(error)) from error


class _Missing(BillingRefused):
    """An answer, and so no failure of Stripe's in the breaker's eyes."""


@contextmanager
def _own_words() -> Iterator[None]:
    try:
        yield
    except stripe.CardError as error:
        raise PaymentFailed(details={"reason": error.code or "card_declined"}) from error
    except stripe.StripeError as error:
        raise _translate(error) from error


def _translate(error: stripe.StripeError) -> DomainError:
    status = error.http_status or 0
    if isinstance(error, _AWAY) or status >= 500 or status == 409:
        logger.warning("stripe_away", status=status, error=type(error).__name__)
        return BillingUnavailable(retry_after=RETRY_AFTER_SECONDS)
    if status == 404 or (error.code == "resource_missing" and getattr(error, "param", None)):
        return _Missing(str(error.user_message or error))
    if error.code == "tax_id_invalid":
        return TaxIdRefused()
    logger.error("stripe_refused", status=status, error=type(error).__name__, reason=str(error.user_message or error))
    return BillingRefused()


@lru_cache(maxsize=4)
def _make_client(key: str, base: str, timeout: float) -> stripe.StripeClient:
    """One client of a process for each server; its connections are kept by thread."""
    # No proxy of the environment stands between us and this machine.
    direct: Any = {"no_proxy": ",".join(_LOOPBACK)} if base and urlsplit(base).hostname in _LOOPBACK else None
    http = stripe.RequestsClient(timeout=(min(CONNECT_SECONDS, timeout), timeout), proxy=direct)
    return stripe.StripeClient(
        key,
        max_network_retries=NETWORK_RETRIES,
        http_client=http,
        base_addresses={"api": base} if base else None,
    )
