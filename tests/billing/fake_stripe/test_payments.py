"""Single payments by Checkout, what comes back of them, and saved cards."""

import pytest
import stripe


def paid_intent(shop, fake, amount: int = 5_000, card: str = "good") -> str:
    session = shop.topup(shop.customer(), amount)
    assert fake.pay(session.id, card)
    return shop.v1.checkout.sessions.retrieve(session.id).payment_intent


def test_a_payment_is_made_once(shop, fake):
    session = shop.topup(shop.customer(), metadata={"order": "9"}, payment_intent_data={"metadata": {"order": "9"}})

    assert fake.pay(session.id)

    done = shop.v1.checkout.sessions.retrieve(session.id, params={"expand": ["payment_intent.latest_charge"]})
    assert (done.status, done.payment_status, done.amount_total) == ("complete", "paid", 5_000)
    assert (done.payment_intent.amount_received, done.payment_intent.metadata["order"]) == (5_000, "9")
    assert done.payment_intent.latest_charge.paid is True
    assert [one["data"]["object"]["metadata"] for one in fake.take_events("checkout.session.completed")] == [
        {"order": "9"}
    ]


def test_a_decline_and_another_try_are_one_payment(shop, fake):
    session = shop.topup(shop.customer())

    assert not fake.pay(session.id, "declined")
    assert fake.pay(session.id)

    assert len(shop.v1.payment_intents.list().data) == 1
    assert [one.status for one in shop.v1.charges.list().data] == ["succeeded", "failed"]


@pytest.mark.parametrize(("card", "ending"), [("debit", "succeeded"), ("debit_fails", "failed")])
def test_a_bank_debit_ends_later(shop, fake, card, ending):
    session = shop.topup(shop.customer())

    assert fake.pay(session.id, card)

    waiting = shop.v1.checkout.sessions.retrieve(session.id)
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    fake.take_events()
    fake.advance(days=0.1)
    assert (
        shop.v1.checkout.sessions.retrieve(session.id).payment_status
        == {"succeeded": "paid", "failed": "unpaid"}[ending]
    )
    assert len(fake.take_events(f"checkout.session.async_payment_{ending}")) == 1


def test_an_invoice_can_be_made_of_a_payment(shop, fake):
    customer = shop.customer()
    creation = {"enabled": True, "invoice_data": {"metadata": {"order": "9"}}}
    session = shop.topup(customer, invoice_creation=creation)

    assert fake.pay(session.id)

    done = shop.v1.checkout.sessions.retrieve(session.id, params={"expand": ["invoice"]})
    assert (done.invoice.status, done.invoice.total, done.invoice.metadata["order"]) == ("paid", 5_000, "9")
    linked = shop.v1.invoice_payments.list(params={"invoice": done.invoice.id}).data
    assert [one.payment.payment_intent for one in linked] == [done.payment_intent]


def test_refunds_add_up_to_the_charge(shop, fake):
    intent = paid_intent(shop, fake)

    shop.v1.refunds.create(params={"payment_intent": intent, "amount": 1_200})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.v1.refunds.create(params={"payment_intent": intent, "amount": 3_801})
    shop.v1.refunds.create(params={"payment_intent": intent})

    assert caught.value.code == "amount_too_large"
    charge = shop.v1.charges.list(params={"payment_intent": intent, "expand": ["data.refunds"]}).data[0]
    assert (charge.amount_refunded, charge.refunded) == (5_000, True)
    assert [one.amount for one in charge.refunds.data] == [3_800, 1_200]
    assert [one["data"]["object"]["amount_refunded"] for one in fake.take_events("charge.refunded")] == [1_200, 5_000]


@pytest.mark.parametrize(("won", "last"), [(True, "charge.dispute.funds_reinstated"), (False, "charge.dispute.closed")])
def test_a_dispute_is_won_or_lost(shop, fake, won, last):
    intent = paid_intent(shop, fake)
    fake.take_events()

    dispute = fake.dispute(intent)
    fake.decide(dispute["id"], won=won)

    found = shop.v1.disputes.list(params={"payment_intent": intent}).data[0]
    assert (found.status, found.amount) == ("won" if won else "lost", 5_000)
    types = [one["type"] for one in fake.take_events() if one["type"].startswith("charge.dispute")]
    assert types[:2] == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert last in types[2:]


def test_a_disputed_charge_is_not_refunded(shop, fake):
    intent = paid_intent(shop, fake)
    fake.dispute(intent)

    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.v1.refunds.create(params={"payment_intent": intent})

    assert caught.value.code == "charge_disputed"


def test_a_saved_card_pays_off_session(shop):
    customer = shop.customer(payment_method="pm_card_visa")
    card = shop.v1.payment_methods.list(params={"customer": customer.id}).data[0]
    shop.v1.customers.update(customer.id, params={"invoice_settings": {"default_payment_method": card.id}})

    made = shop.v1.payment_intents.create(
        params={"customer": customer.id, "amount": 900, "currency": "usd", "confirm": True, "off_session": True}
    )

    assert (made.status, made.payment_method, made.amount_received) == ("succeeded", card.id, 900)


def test_tax_numbers_are_asked_for_and_stand_on_the_invoice(shop, fake):
    customer = shop.customer()
    session = shop.checkout(
        customer, tax_id_collection={"enabled": True}, customer_update={"name": "auto", "address": "auto"}
    )

    number, address = {"type": "eu_vat", "value": "DE123456789"}, {"line1": "Road 1", "city": "Berlin", "country": "DE"}
    assert fake.pay(session.id, tax_id=number, address=address, name="Acme GmbH")

    invoice = shop.v1.invoices.list(params={"customer": customer.id}).data[0]
    assert [(one.type, one.value) for one in invoice.customer_tax_ids] == [("eu_vat", "DE123456789")]
    assert (invoice.customer_name, invoice.customer_address.city) == ("Acme GmbH", "Berlin")
    assert invoice.number.endswith("-0001")


def test_a_tax_number_needs_the_name_to_be_updated(shop):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.checkout(shop.customer(), tax_id_collection={"enabled": True})

    assert caught.value.param == "customer_update[name]"


def test_lookup_keys_find_prices_and_are_unique(shop):
    found = shop.v1.prices.list(params={"lookup_keys": ["premium:month", "standard:year"]})

    assert {one.id for one in found.data} == {shop.premium.id, shop.yearly.id}
    with pytest.raises(stripe.InvalidRequestError):
        shop.v1.prices.create(
            params={"product": shop.standard.id, "currency": "usd", "unit_amount": 1, "lookup_key": "standard:year"}
        )
