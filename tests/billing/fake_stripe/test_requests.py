"""Parameters, errors, keys and pages: what every call has in common."""

import threading

import pytest
import stripe

from .shop import client_of


def test_an_unknown_parameter_is_refused(shop):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.v1.customers.create(params={"emial": "a@b.c"})

    assert (caught.value.http_status, caught.value.code, caught.value.param) == (400, "parameter_unknown", "emial")


def test_an_unknown_parameter_far_inside_is_named(shop):
    items = [{"prize": shop.monthly.id}]

    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.v1.subscriptions.create(params={"customer": shop.customer().id, "items": items})

    assert caught.value.param == "items[0][prize]"


@pytest.mark.parametrize(
    ("params", "param", "code"),
    [
        ({"unit_amount": 5}, "currency", "parameter_missing"),
        ({"currency": "usd", "unit_amount": "ten"}, "unit_amount", None),
        ({"currency": "usd", "unit_amount": 1, "product": "prod_none"}, "product", "resource_missing"),
        ({"currency": "usd", "unit_amount": 1, "billing_scheme": "per_unti", "product": "x"}, "billing_scheme", None),
    ],
)
def test_a_wrong_parameter_is_named(shop, params, param, code):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.v1.prices.create(params=params)

    assert (caught.value.http_status, caught.value.param, caught.value.code) == (400, param, code)


def test_what_is_not_there_is_404(shop):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.v1.subscriptions.retrieve("sub_none")

    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_another_accounts_key_is_refused(fake):
    with pytest.raises(stripe.AuthenticationError):
        client_of(fake, key="sk_test_other").v1.customers.list()


def test_a_key_gives_the_same_answer(shop):
    made = [shop.v1.customers.create(params={"name": "A"}, options={"idempotency_key": "k"}) for _ in range(2)]

    assert made[0].id == made[1].id
    assert made[1].last_response.headers["Idempotent-Replayed"] == "true"
    assert len(shop.v1.customers.list().data) == 1


def test_a_key_for_something_else_is_refused(shop):
    shop.v1.customers.create(params={"name": "A"}, options={"idempotency_key": "k"})

    with pytest.raises(stripe.IdempotencyError) as caught:
        shop.v1.customers.create(params={"name": "B"}, options={"idempotency_key": "k"})

    assert caught.value.http_status == 400
    assert len(shop.v1.customers.list().data) == 1


def test_a_key_whose_request_was_wrong_may_be_used_again(shop):
    with pytest.raises(stripe.InvalidRequestError):
        shop.v1.customers.create(params={"nam": "A"}, options={"idempotency_key": "k"})

    assert shop.v1.customers.create(params={"name": "A"}, options={"idempotency_key": "k"}).name == "A"


def test_a_decline_is_remembered_by_its_key(shop):
    given = {"amount": 500, "currency": "usd", "payment_method": "pm_card_chargeDeclined", "confirm": True}

    for _ in range(2):
        with pytest.raises(stripe.CardError) as caught:
            shop.v1.payment_intents.create(params=given, options={"idempotency_key": "k"})

    assert (caught.value.code, caught.value.http_status) == ("card_declined", 402)
    assert caught.value.error.payment_intent.status == "requires_payment_method"
    assert len(shop.v1.payment_intents.list().data) == 1


def test_a_key_in_use_is_a_conflict(fake, shop):
    fake.api.pause = threading.Event()
    first = threading.Thread(
        target=lambda: shop.v1.customers.create(params={"name": "A"}, options={"idempotency_key": "k"})
    )
    first.start()
    while not fake.api.keys._running:
        pass

    with pytest.raises(stripe.APIError) as caught:
        shop.v1.customers.create(params={"name": "A"}, options={"idempotency_key": "k"})

    fake.api.pause.set()
    first.join()
    assert (caught.value.http_status, caught.value.error.code) == (409, "idempotency_key_in_use")


def test_lists_are_paged_newest_first(shop):
    ids = [shop.v1.customers.create(params={"name": str(n)}).id for n in range(5)]

    first = shop.v1.customers.list(params={"limit": 2})
    second = shop.v1.customers.list(params={"limit": 2, "starting_after": first.data[-1].id})

    assert [one.id for one in [*first.data, *second.data]] == ids[:0:-1]
    assert (first.has_more, second.has_more) == (True, True)
    assert [one.id for one in first.auto_paging_iter()] == ids[::-1]


def test_expand_makes_an_id_an_object(shop):
    subscription = shop.subscribe(shop.customer())

    found = shop.v1.subscriptions.retrieve(subscription.id, params={"expand": ["latest_invoice.payments", "customer"]})

    assert found.customer.name == "Acme"
    assert found.latest_invoice.payments.data[0].amount_paid == 19_900
    with pytest.raises(AttributeError):
        shop.v1.invoices.retrieve(subscription.latest_invoice).payments  # noqa: B018 - only when asked for


def test_trouble_before_the_work_is_retried_by_the_sdk(fake):
    fake.trouble.plan(status=503, times=1)

    made = client_of(fake, retries=2).v1.customers.create(params={"name": "A"})

    assert made.name == "A"


def test_a_hang_up_after_the_work_does_not_double_it(fake):
    fake.trouble.plan(hang_up=True, after=True, path="/v1/customers")
    v1 = client_of(fake, retries=2).v1

    made = v1.customers.create(params={"name": "A"})

    assert [one.id for one in v1.customers.list().data] == [made.id]


def test_trouble_without_retries_is_an_error(shop, fake):
    fake.trouble.plan(status=500)

    with pytest.raises(stripe.APIError):
        shop.v1.customers.list()
