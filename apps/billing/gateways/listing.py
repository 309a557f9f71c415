"""What happened at Stripe in a span of time: the nightly comparison's view."""

from collections.abc import Iterator
from datetime import datetime

from .client import stripe_api
from .facts import SessionFacts, SubscriptionFacts
from .reading import read_id, read_session, read_subscription

PAGE = 100


def list_subscriptions() -> Iterator[SubscriptionFacts]:
    """Every subscription, ended ones too, newest first."""
    with stripe_api() as api:
        for one in api.subscriptions.list({"status": "all", "limit": PAGE}).auto_paging_iter():
            yield read_subscription(one)


def list_completed_sessions(*, since: datetime) -> Iterator[SessionFacts]:
    """Checkouts that were made since then and finished."""
    with stripe_api() as api:
        listed = api.checkout.sessions.list(
            {"created": {"gte": int(since.timestamp())}, "status": "complete", "limit": PAGE}
        )
        for one in listed.auto_paging_iter():
            yield read_session(one)


def list_refunded_payments(*, since: datetime) -> Iterator[str]:
    """The payments of which something was given back since then."""
    with stripe_api() as api:
        listed = api.refunds.list({"created": {"gte": int(since.timestamp())}, "limit": PAGE})
        for one in listed.auto_paging_iter():
            if payment := read_id(one.payment_intent):
                yield payment


def list_disputed_payments(*, since: datetime) -> Iterator[str]:
    """The payments that were disputed since then."""
    with stripe_api() as api:
        listed = api.disputes.list({"created": {"gte": int(since.timestamp())}, "limit": PAGE})
        for one in listed.auto_paging_iter():
            if payment := read_id(one.payment_intent):
                yield payment
