"""Every object has every attribute that the SDK's class declares, and no other."""

import pytest

from tests.fakes.stripe.shapes import ON_REQUEST, find_class, list_attributes
from tests.fakes.stripe.world import show

KINDS = (
    "charge", "checkout.session", "customer", "dispute", "event", "invoice", "invoice_payment", "payment_intent",
    "payment_method", "price", "product", "refund", "subscription", "subscription_schedule", "tax_id",
    "test_helpers.test_clock", "webhook_endpoint", "billing_portal.session",
)  # fmt: skip


@pytest.fixture
def busy(shop, fake):
    """An account in which everything has happened once."""
    customer = shop.clocked_customer()
    shop.v1.customers.tax_ids.create(customer.id, params={"type": "eu_vat", "value": "DE123456789"})
    subscription = shop.subscribe(customer)
    shop.v1.subscription_schedules.create(params={"from_subscription": subscription.id})
    shop.v1.billing_portal.sessions.create(params={"customer": customer.id})
    shop.v1.webhook_endpoints.create(params={"url": "http://127.0.0.1:1/", "enabled_events": ["charge.failed"]})
    session = shop.topup(customer)
    assert fake.pay(session.id)
    paid = shop.v1.checkout.sessions.retrieve(session.id).payment_intent
    shop.v1.refunds.create(params={"payment_intent": paid, "amount": 100})
    fake.dispute(paid)
    return fake


@pytest.mark.parametrize("kind", KINDS)
def test_objects_are_complete(busy, kind):
    items = [show(one) for one in busy.world.every(kind)]

    assert items
    for item in items:
        missing = [name for name in list_attributes(kind) if name not in item]
        unknown = [name for name in item if name not in find_class(kind).__annotations__]
        assert (missing, unknown) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_not_be_null_is_not(busy, kind):
    for item in map(show, busy.world.every(kind)):
        assert [name for name, nullable in list_attributes(kind).items() if not nullable and item[name] is None] == []


def test_parts_are_complete(busy, shop):
    subscription = show(next(busy.world.every("subscription")))
    invoice = show(next(busy.world.every("invoice")))
    session = shop.v1.checkout.sessions.list(params={"expand": ["data.line_items"]}).data[0]

    for part in (*subscription["items"]["data"], *invoice["lines"]["data"], *session.line_items.to_dict()["data"]):
        known = find_class(part["object"]).__annotations__
        assert [name for name in part if name not in known] == []
        assert [name for name in list_attributes(part["object"]) if name not in part] == []


def test_what_is_left_out_by_default_exists():
    for kind, names in ON_REQUEST.items():
        assert names <= set(find_class(kind).__annotations__)
