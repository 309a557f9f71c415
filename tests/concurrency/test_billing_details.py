"""Billing details written on Stripe's pages and on ours at once: an earlier answer never stands at the end."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.billing.gateways import fetch_customer
from apps.billing.gateways.client import stripe_api
from apps.billing.models import BillingAccount
from apps.billing.services import customers, ensure_account, syncing, update_billing_details
from tests.billing.conftest import stripe

from .overtaking import Overtaking, overtake

__all__ = ["stripe"]
pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]
# When the slow one has Stripe's answer, or has told Stripe, and has stored nothing yet.
ASKED = (syncing, "lock_account")


def rename_at_stripe(account: BillingAccount, name: str) -> None:
    with stripe_api() as api:
        api.customers.update(customers.ensure_customer(account), {"name": name})


def see(team: Any) -> tuple[str, str]:
    """The name here and there."""
    account = ensure_account(team)
    facts = fetch_customer(account.stripe_customer_id or "")
    return account.legal_name, facts.name if facts else ""


def hear_of_two_changes(team: Any) -> Overtaking:
    """Two events, two workers: the first looked before the second change and stores after it."""
    account = ensure_account(team)
    rename_at_stripe(account, "Old")

    def hear_of_the_second() -> None:
        rename_at_stripe(account, "New")
        customers.mirror_customer(account.pk)

    return Overtaking(lambda: customers.mirror_customer(account.pk), hear_of_the_second, ASKED, lambda _: see(team))


def hear_while_editing(team: Any) -> Overtaking:
    """An event's look is under way when the team edits its name here."""
    account = ensure_account(team)
    rename_at_stripe(account, "Old")
    return Overtaking(
        lambda: customers.mirror_customer(account.pk), lambda: edit(team, "New"), ASKED, lambda _: see(team)
    )


def edit_twice(team: Any) -> Overtaking:
    """Two windows: here stands what stands at Stripe, whoever was last."""
    customers.ensure_customer(ensure_account(team))
    return Overtaking(lambda: edit(team, "One"), lambda: edit(team, "Two"), ASKED, lambda _: see(team))


def edit_while_becoming_a_customer(team: Any) -> Overtaking:
    """Stripe was told of the former name, and the edit found no customer to tell it to."""
    account = ensure_account(team)
    return Overtaking(lambda: customers.ensure_customer(account), lambda: edit(team, "New"), ASKED, lambda _: see(team))


def edit(team: Any, name: str) -> BillingAccount:
    return update_billing_details(team=team, changes={"legal_name": name})


RACES = [
    (hear_of_two_changes, ("New", "New"), ("Old", "New")),
    (hear_while_editing, ("New", "New"), ("Old", "New")),
    (edit_twice, ("One", "One"), ("One", "Two")),
    (edit_while_becoming_a_customer, ("New", "New"), ("New", "Before")),
]
each_race = pytest.mark.parametrize(("race", "kept", "lost"), RACES, ids=lambda one: getattr(one, "__name__", ""))
Race = Callable[[Any], Overtaking]
Names = tuple[str, str]


@pytest.fixture
def team(make_team) -> Any:
    team = make_team("free")
    edit(team, "Before")
    return team


@each_race
def test_the_newest_details_stand(stripe, team, race: Race, kept: Names, lost: Names, monkeypatch):
    assert overtake(monkeypatch, race(team)) == kept


@each_race
def test_without_the_number_the_older_answer_wins(stripe, team, race: Race, kept: Names, lost: Names, monkeypatch):
    """The canary: `is_overtaken` says no."""
    acts = race(team)
    monkeypatch.setattr(syncing, "is_overtaken", lambda _account, _number: False)

    assert overtake(monkeypatch, acts) == lost
