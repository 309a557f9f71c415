"""What the tests of the fake do again and again, by the SDK."""

from typing import Any

import stripe

from tests.fakes.stripe import SECRET_KEY, FakeStripe

JAN_31 = 1_769_817_600  # 2026-01-31 00:00 UTC


def client_of(fake: FakeStripe, *, key: str = SECRET_KEY, retries: int = 0) -> stripe.StripeClient:
    return stripe.StripeClient(key, base_addresses={"api": fake.base_url}, max_network_retries=retries)


class Shop:
    """A client, three prices, and short ways to subscribers."""

    def __init__(self, fake: FakeStripe) -> None:
        self.fake = fake
        self.v1 = client_of(fake).v1
        self.standard = self.v1.products.create(params={"name": "Standard"})
        self.monthly = self._price("standard:month", self.standard.id, 19_900, "month")
        self.yearly = self._price("standard:year", self.standard.id, 191_040, "year")
        premium = self.v1.products.create(params={"name": "Premium"})
        self.premium = self._price("premium:month", premium.id, 49_900, "month")

    def customer(self, **params: Any) -> stripe.Customer:
        given = {"email": "owner@example.com", "name": "Acme", "metadata": {"team": "7"}, **params}
        return self.v1.customers.create(params=given)

    def clocked_customer(self, *, at: int = JAN_31) -> stripe.Customer:
        clock = self.v1.test_helpers.test_clocks.create(params={"frozen_time": at})
        return self.customer(test_clock=clock.id)

    def checkout(self, customer: stripe.Customer, price: stripe.Price | None = None, **params: Any):
        """An open session for a subscription."""
        lines = [{"price": (price or self.monthly).id, "quantity": 1}]
        given = {"mode": "subscription", "customer": customer.id, "success_url": "http://product/ok", **params}
        return self.v1.checkout.sessions.create(params={"line_items": lines, **given})

    def topup(self, customer: stripe.Customer, amount: int = 5_000, **params: Any):
        """An open session for one payment."""
        price = {"currency": "usd", "unit_amount": amount, "product_data": {"name": "100 credits"}}
        given = {"mode": "payment", "customer": customer.id, "success_url": "http://product/ok", **params}
        return self.v1.checkout.sessions.create(params={"line_items": [{"price_data": price, "quantity": 1}], **given})

    def subscribe(
        self, customer: stripe.Customer, price: stripe.Price | None = None, *, card: str = "good"
    ) -> stripe.Subscription:
        session = self.checkout(customer, price)
        assert self.fake.pay(session.id, card)
        return self.v1.subscriptions.retrieve(self.v1.checkout.sessions.retrieve(session.id).subscription)

    def advance(self, customer: stripe.Customer, to: int) -> None:
        self.v1.test_helpers.test_clocks.advance(customer.test_clock, params={"frozen_time": to})

    def invoices(self, customer: stripe.Customer) -> list[tuple[str, str, int]]:
        """Reason, status and total, oldest first."""
        found = self.v1.invoices.list(params={"customer": customer.id, "limit": 100}).data
        return [(one.billing_reason, one.status, one.total) for one in found[::-1]]

    def upgrade(self, subscription: stripe.Subscription, price: stripe.Price, **params: Any) -> stripe.Subscription:
        """Now, prorated, only if paid."""
        given = {
            "items": [{"id": subscription["items"].data[0].id, "price": price.id}],
            "proration_behavior": "always_invoice",
            "payment_behavior": "pending_if_incomplete",
            **params,
        }
        return self.v1.subscriptions.update(subscription.id, params=given)

    def _price(self, key: str, product: str, amount: int, interval: str) -> stripe.Price:
        rhythm = {"interval": interval}
        given = {"product": product, "currency": "usd", "unit_amount": amount, "recurring": rhythm, "lookup_key": key}
        return self.v1.prices.create(params=given)
