"""A subscription's life: begun by Checkout, renewed, changed, unpaid, cancelled."""

from datetime import UTC, datetime

import pytest
import stripe

from .shop import JAN_31

DAY = 86_400


def day(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def period(subscription) -> tuple[int, int]:
    item = subscription["items"].data[0]
    return item.current_period_start, item.current_period_end


def test_checkout_begins_a_subscription(shop, fake):
    customer = shop.customer()
    session = shop.checkout(customer, client_reference_id="7", subscription_data={"metadata": {"team": "7"}})
    fake.take_events()

    assert fake.pay(session.id)

    done = shop.v1.checkout.sessions.retrieve(session.id, params={"expand": ["subscription", "invoice"]})
    assert (done.status, done.payment_status, done.client_reference_id) == ("complete", "paid", "7")
    assert (done.subscription.status, done.subscription.metadata.to_dict()) == ("active", {"team": "7"})
    assert (done.invoice.status, done.invoice.amount_paid) == ("paid", 19_900)
    assert done.invoice.parent.subscription_details.subscription == done.subscription.id
    wanted = ("customer.subscription.created", "invoice.paid", "checkout.session.completed")
    assert [one["type"] for one in fake.take_events(*wanted)] == list(wanted)


def test_a_declined_card_leaves_the_session_open(shop, fake):
    customer = shop.customer()
    session = shop.checkout(customer)

    assert not fake.pay(session.id, "declined")

    assert shop.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert shop.v1.subscriptions.list(params={"customer": customer.id}).data == []
    assert fake.pay(session.id)


def test_an_expired_session_cannot_be_paid(shop, fake):
    session = shop.checkout(shop.customer())

    fake.advance(days=1.01)

    assert shop.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert [one["type"] for one in fake.take_events("checkout.session.expired")] == ["checkout.session.expired"]


def test_the_31st_comes_back_after_short_months(shop):
    customer = shop.clocked_customer(at=JAN_31)
    subscription = shop.subscribe(customer)

    ends = []
    for moment in ("2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"):
        ends.append(period(shop.v1.subscriptions.retrieve(subscription.id))[1])
        shop.advance(customer, day(moment) + 2 * 3600)

    assert ends == [day("2026-02-28"), day("2026-03-31"), day("2026-04-30"), day("2026-05-31")]
    assert shop.invoices(customer)[1:] == [("subscription_cycle", "paid", 19_900)] * 4


def test_a_renewals_invoice_is_a_draft_for_an_hour(shop):
    customer = shop.clocked_customer(at=JAN_31)
    shop.subscribe(customer)

    shop.advance(customer, day("2026-02-28") + 60)
    assert shop.invoices(customer)[-1] == ("subscription_cycle", "draft", 19_900)

    shop.advance(customer, day("2026-02-28") + 3600)
    assert shop.invoices(customer)[-1] == ("subscription_cycle", "paid", 19_900)


def test_an_upgrade_is_prorated_by_the_second(shop):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer)
    shop.advance(customer, day("2026-03-11") + 12_345)
    left, whole = 21 * DAY - 12_345, 31 * DAY

    preview = shop.v1.invoices.create_preview(
        params={
            "subscription": subscription.id,
            "subscription_details": {
                "items": [{"id": subscription["items"].data[0].id, "price": shop.premium.id}],
                "proration_behavior": "always_invoice",
                "proration_date": day("2026-03-11") + 12_345,
            },
        }
    )
    upgraded = shop.upgrade(subscription, shop.premium)

    credit, charge = -round(19_900 * left / whole), round(49_900 * left / whole)
    assert [(one.amount, one.parent.subscription_item_details.proration) for one in preview.lines.data] == [
        (credit, True), (charge, True),
    ]  # fmt: skip
    assert preview.amount_due == credit + charge
    assert shop.invoices(customer)[-1] == ("subscription_update", "paid", credit + charge)
    assert upgraded["items"].data[0].price.id == shop.premium.id
    assert period(upgraded) == period(subscription)
    assert upgraded.pending_update is None


def test_an_unpaid_upgrade_waits_and_is_dropped(shop, fake):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer, card="renewal")

    waiting = shop.upgrade(subscription, shop.premium)

    assert waiting["items"].data[0].price.id == shop.monthly.id
    assert waiting.pending_update.subscription_items[0].price.id == shop.premium.id
    assert waiting.status == "active"
    shop.advance(customer, day("2026-03-02"))
    later = shop.v1.subscriptions.retrieve(subscription.id)
    assert later.pending_update is None
    assert later["items"].data[0].price.id == shop.monthly.id
    assert shop.invoices(customer)[-1][1] == "void"
    assert len(fake.take_events("customer.subscription.pending_update_expired")) == 1


def test_an_upgrade_is_applied_when_its_invoice_is_paid(shop):
    customer = shop.customer()
    waiting = shop.upgrade(shop.subscribe(customer, card="renewal"), shop.premium)

    shop.v1.invoices.pay(waiting.latest_invoice, params={"payment_method": "pm_card_visa"})

    paid = shop.v1.subscriptions.retrieve(waiting.id)
    assert (paid.pending_update, paid["items"].data[0].price.id) == (None, shop.premium.id)


def test_a_change_of_rhythm_begins_a_new_period(shop):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer)
    shop.advance(customer, day("2026-03-11"))

    yearly = shop.upgrade(subscription, shop.yearly)

    assert period(yearly) == (day("2026-03-11"), day("2027-03-11"))
    assert yearly.billing_cycle_anchor == day("2026-03-11")
    assert shop.invoices(customer)[-1] == ("subscription_update", "paid", 191_040 - round(19_900 * 21 / 31))


def test_a_downgrade_at_once_becomes_credit(shop):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer, shop.premium)
    shop.advance(customer, day("2026-03-11"))

    shop.upgrade(subscription, shop.monthly)

    credit = round(19_900 * 21 / 31) - round(49_900 * 21 / 31)
    assert shop.invoices(customer)[-1] == ("subscription_update", "paid", credit)
    assert shop.v1.customers.retrieve(customer.id).balance == credit
    shop.advance(customer, day("2026-04-01") + 3600)
    assert shop.v1.customers.retrieve(customer.id).balance == credit + 19_900 if credit < -19_900 else 0
    assert shop.v1.invoices.list(params={"customer": customer.id}).data[0].amount_due == max(0, 19_900 + credit)


def test_only_some_parameters_go_with_a_pending_update(shop):
    subscription = shop.subscribe(shop.customer())

    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.upgrade(subscription, shop.premium, metadata={"a": "b"})

    assert caught.value.param == "metadata"
    assert shop.v1.subscriptions.retrieve(subscription.id)["items"].data[0].price.id == shop.monthly.id


def test_a_schedule_changes_the_price_at_the_end_of_the_period(shop):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer, shop.premium)
    schedule = shop.v1.subscription_schedules.create(params={"from_subscription": subscription.id})
    now = schedule.phases[0]
    first = {
        "items": [{"price": shop.premium.id, "quantity": 1}],
        "start_date": now.start_date,
        "end_date": now.end_date,
    }

    shop.v1.subscription_schedules.update(
        schedule.id,
        params={"end_behavior": "release", "phases": [first, {"items": [{"price": shop.monthly.id, "quantity": 1}]}]},
    )

    assert shop.v1.invoices.create_preview(params={"subscription": subscription.id}).amount_due == 19_900
    shop.advance(customer, day("2026-04-01") + 3600)
    after = shop.v1.subscriptions.retrieve(subscription.id)
    assert (after["items"].data[0].price.id, after.schedule) == (shop.monthly.id, schedule.id)
    assert shop.invoices(customer)[-1] == ("subscription_cycle", "paid", 19_900)
    shop.advance(customer, day("2026-05-01") + 3600)
    assert shop.v1.subscription_schedules.retrieve(schedule.id).status == "released"
    assert shop.v1.subscriptions.retrieve(subscription.id).schedule is None


def test_a_released_schedule_changes_nothing(shop):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer, shop.premium)
    schedule = shop.v1.subscription_schedules.create(params={"from_subscription": subscription.id})

    shop.v1.subscription_schedules.release(schedule.id)

    shop.advance(customer, day("2026-04-01") + 3600)
    after = shop.v1.subscriptions.retrieve(subscription.id)
    assert (after["items"].data[0].price.id, after.schedule, after.status) == (shop.premium.id, None, "active")


def test_a_scheduled_subscription_is_not_cancelled_directly(shop):
    subscription = shop.subscribe(shop.customer())
    shop.v1.subscription_schedules.create(params={"from_subscription": subscription.id})

    with pytest.raises(stripe.InvalidRequestError, match="managed by the subscription schedule"):
        shop.v1.subscriptions.update(subscription.id, params={"cancel_at_period_end": True})


def test_cancelling_at_the_end_can_be_taken_back(shop, fake):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer)

    stopping = shop.v1.subscriptions.update(subscription.id, params={"cancel_at_period_end": True})
    assert (stopping.cancel_at_period_end, stopping.cancel_at) == (True, day("2026-04-01"))
    resumed = shop.v1.subscriptions.update(subscription.id, params={"cancel_at_period_end": False})
    assert (resumed.cancel_at_period_end, resumed.cancel_at, resumed.status) == (False, None, "active")
    shop.v1.subscriptions.update(subscription.id, params={"cancel_at_period_end": True})
    shop.advance(customer, day("2026-04-01") + 60)

    ended = shop.v1.subscriptions.retrieve(subscription.id)
    assert (ended.status, ended.ended_at) == ("canceled", day("2026-04-01"))
    assert len(shop.invoices(customer)) == 1
    assert len(fake.take_events("customer.subscription.deleted")) == 1


def test_a_cancelled_subscription_is_gone_for_cancel_and_change(shop):
    subscription = shop.subscribe(shop.customer())
    shop.v1.subscriptions.cancel(subscription.id)

    with pytest.raises(stripe.InvalidRequestError) as caught:
        shop.v1.subscriptions.cancel(subscription.id)
    assert caught.value.code == "resource_missing"
    with pytest.raises(stripe.InvalidRequestError):
        shop.upgrade(subscription, shop.premium)


def test_dunning_ends_in_cancellation(shop, fake):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer, card="renewal")

    shop.advance(customer, day("2026-04-01") + 3600)
    first = shop.v1.invoices.list(params={"customer": customer.id}).data[0]
    assert shop.v1.subscriptions.retrieve(subscription.id).status == "past_due"
    assert (first.status, first.attempt_count, first.next_payment_attempt) == ("open", 1, day("2026-04-04") + 3600)

    shop.advance(customer, day("2026-04-16") + 3600)
    assert shop.v1.subscriptions.retrieve(subscription.id).status == "canceled"
    assert len(fake.take_events("invoice.payment_failed")) == 4


def test_a_good_card_recovers_a_past_due_subscription(shop):
    customer = shop.clocked_customer(at=day("2026-03-01"))
    subscription = shop.subscribe(customer, card="renewal")
    shop.advance(customer, day("2026-04-01") + 3600)

    open_ = shop.v1.subscriptions.retrieve(subscription.id).latest_invoice
    shop.v1.invoices.pay(open_, params={"payment_method": "pm_card_visa"})

    assert shop.v1.subscriptions.retrieve(subscription.id).status == "active"
    assert shop.invoices(customer)[-1] == ("subscription_cycle", "paid", 19_900)
