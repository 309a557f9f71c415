"""Every unique key and every lock of money has a test that takes it away and shows the harm."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from .locks import list_locks

TESTS = Path(__file__).resolve().parents[1]
RACES = "concurrency/test_billing_keys.py::test_without_the_key_the_harm_is_done"
COPIES = "concurrency/test_copied_names.py::test_without_the_key_the_harm_is_done"
LEDGER = "concurrency/test_keys.py::test_without_the_key_both_are_written"
# Unique key → the test that shows what happens without it.
KEYS = {
    "billing_billingaccount.stripe_customer_id": COPIES,
    "billing_billingaccount.team": RACES,
    "billing_billingaccount.uuid": COPIES,
    "billing_checkout.stripe_session_id": COPIES,
    "billing_checkout_one_open": RACES,
    "billing_invoice.stripe_invoice_id": RACES,
    "billing_paymentreversal.reason": RACES,
    "billing_subscription.stripe_subscription_id": RACES,
    "billing_subscription_one_live": RACES,
    "billing_subscriptionchange.reason": RACES,
    "billing_topuporder.stripe_payment_intent_id": COPIES,
    "billing_topuporder.stripe_session_id": COPIES,
    "credits_entry.key": LEDGER,
    "credits_entry.seq": "concurrency/test_wallet.py::test_the_books_lie_without_lock_and_numbers",
    "credits_grant.source_key": LEDGER,
    "credits_hold_key_live": "concurrency/test_wallet.py::test_a_key_is_charged_twice_without_its_unique_index",
    "credits_holddraw_position": (
        "concurrency/test_copied_names.py::test_without_the_position_a_release_gives_back_what_another_hold_promised"
    ),
    "credits_lownotice_once": "concurrency/test_keys.py::test_without_the_key_a_threshold_is_told_of_twice",
    "credits_membercap_unique": LEDGER,
    "credits_revocation.key": LEDGER,
    "credits_usagecounter_unique": (
        "concurrency/test_copied_names.py::test_in_two_rows_what_is_given_back_once_is_counted_back_twice"
    ),
}
ACCOUNT = "concurrency/test_billing_locks.py::test_without_the_lock_the_harm_is_done"
WALLET = "concurrency/test_wallet_locks.py::test_without_the_lock_the_books_lie"
GUARD = "billing/test_guards.py::test_without_the_guard_it_does"
NUMBER = "concurrency/test_billing.py::test_without_the_number_the_older_answer_wins"
VERSION = "concurrency/test_plan_versions.py::test_without_the_lock_the_harm_is_done"
# Who locks → the test that shows what happens when it does not.
LOCKS = {
    "billing.services.accounts.lock_account": RACES,
    "billing.services.buying._claim": ACCOUNT,
    "billing.services.buying._close": GUARD,
    "billing.services.buying._order_topup": ACCOUNT,
    "billing.services.changing._schedule": ACCOUNT,
    "billing.services.fulfilling._settle_topup": GUARD,
    "billing.services.fulfilling.fail_topup": GUARD,
    "billing.services.fulfilling.grant_topup": (
        "concurrency/test_billing.py::test_the_race_is_real_without_lock_and_name"
    ),
    "billing.services.manual._lock": ACCOUNT,
    "billing.services.manual.change_manual": ACCOUNT,
    "billing.services.manual.close_invoice": GUARD,
    "billing.services.manual.end_manual": ACCOUNT,
    "billing.services.manual.extend_manual": ACCOUNT,
    "billing.services.manual.issue_invoice": ACCOUNT,
    "billing.services.manual.start_manual": ACCOUNT,
    "billing.services.refunding._settle": ACCOUNT,
    "billing.services.rolling.roll_up_revenue": ACCOUNT,
    "billing.services.standing.settle_account": ACCOUNT,
    "billing.services.standing.settle_locked": GUARD,
    "billing.services.syncing.is_overtaken": NUMBER,
    "billing.services.syncing.look_and_store": ACCOUNT,
    "billing.services.voiding.revoke_invoice": GUARD,
    "credits.selectors.terms.ask_terms": WALLET,
    "credits.services.books.lock_and_ask": "concurrency/test_wallet.py::test_the_race_is_real_without_the_lock",
    "credits.services.books.lock_wallet": WALLET,
    "credits.services.books.open_books": WALLET,
    "credits.services.capping.set_member_limits": WALLET,
    "credits.services.rolling.roll_up_wallet": WALLET,
    "plans.services._lock_series": VERSION,
    "plans.services.draft_next_version": VERSION,
    "plans.services.edit_draft": VERSION,
    "plans.services.publish_version": VERSION,
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
    keys = list_unique_keys()

    assert sorted(keys - KEYS.keys()) == [], "new unique keys: name the test that takes them away"
    assert sorted(KEYS.keys() - keys) == [], "no longer there"


def test_each_lock_of_money_has_its_canary():
    locks = list_locks()

    assert {name: locks[name] for name in locks.keys() - LOCKS.keys()} == {}, "new locks: name the test without them"
    assert sorted(LOCKS.keys() - locks.keys()) == [], "no longer there"


@pytest.mark.parametrize("name", sorted({*KEYS.values(), *LOCKS.values()}))
def test_the_named_canary_is_there(name):
    path, _, function = name.partition("::")

    assert re.search(rf"^def {function}\(", (TESTS / path).read_text(), re.MULTILINE)


@pytest.mark.parametrize(("what", "canary"), sorted({**KEYS, **LOCKS}.items()))
def test_the_canary_speaks_of_what_it_takes_away(what, canary):
    """By name: a key's, or that of the function that locks."""
    name = what.rpartition(".")[2] if what in LOCKS else what

    text = (TESTS / canary.partition("::")[0]).read_text()

    assert re.search(rf"\b{name.lstrip('_')}\b|{name.replace('.', '_')}", text), f"{canary} does not name {name}"
