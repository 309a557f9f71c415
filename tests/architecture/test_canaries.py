"""Every unique key of money has a test that takes it away, or stands in the list of those that still lack one."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

TESTS = Path(__file__).resolve().parents[1]
# Unique key → the test that shows what happens without it.
CANARIES = {
    "credits_entry.key": "concurrency/test_keys.py::test_without_the_key_both_are_written",
    "credits_entry.seq": "concurrency/test_wallet.py::test_the_books_lie_without_lock_and_numbers",
    "credits_grant.source_key": "concurrency/test_keys.py::test_without_the_key_both_are_written",
    "credits_hold_key_live": "concurrency/test_wallet.py::test_a_key_is_charged_twice_without_its_unique_index",
    "credits_membercap_unique": "concurrency/test_keys.py::test_without_the_key_both_are_written",
    "credits_revocation.key": "concurrency/test_keys.py::test_without_the_key_both_are_written",
}
# Held by a test that the database refuses the second row, or by a lock's canary; a race without the key is not shown.
LACKING = {
    "billing_billingaccount.stripe_customer_id",
    "billing_billingaccount.team",
    "billing_billingaccount.uuid",
    "billing_checkout.stripe_session_id",
    "billing_checkout_one_open",
    "billing_invoice.stripe_invoice_id",
    "billing_paymentreversal.reason",
    "billing_subscription.stripe_subscription_id",
    "billing_subscription_one_live",
    "billing_subscriptionchange.reason",
    "billing_topuporder.stripe_payment_intent_id",
    "billing_topuporder.stripe_session_id",
    "credits_holddraw_position",
    "credits_lownotice_once",
    "credits_usagecounter_unique",
}


def list_unique_keys() -> set[str]:
    """Constraints by name, single columns as `table.column`; primary keys that are numbers or made up are left out."""
    found = set()
    for label in ("credits", "billing"):
        for model in apps.get_app_config(label).get_models():
            table = model._meta.db_table
            found |= {f"{table}.{one.name}" for one in model._meta.local_fields if one.unique and not one.primary_key}
            found |= {one.name for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)}
    return found


def test_each_unique_key_of_money_has_its_canary():
    known = {*CANARIES, *LACKING}
    keys = list_unique_keys()

    assert sorted(keys - known) == [], "new unique keys: name the test that takes them away"
    assert sorted(known - keys) == [], "no longer there"
    assert sorted(CANARIES.keys() & LACKING) == []


@pytest.mark.parametrize("name", sorted(set(CANARIES.values())))
def test_the_named_canary_is_there(name):
    path, _, function = name.partition("::")

    assert re.search(rf"^def {function}\(", (TESTS / path).read_text(), re.MULTILINE)
