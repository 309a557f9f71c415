"""Holding, capturing and releasing on one wallet."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.credits.errors import HoldClosed, InsufficientCredits, KeyReused
from apps.credits.models import Entry, Grant, Hold, UsageCounter, Wallet
from apps.credits.selectors import compute_balance
from apps.credits.services import capture_hold, grant_credits, hold_credits, release_hold

from .conftest import give
from .laws import assert_laws


def snapshot() -> tuple:
    """Everything a refusal must leave as it was."""
    return tuple(list(model.objects.order_by("pk").values()) for model in (Wallet, Grant, Entry, Hold, UsageCounter))


def test_the_plans_allowance_pays_first(hold):
    placed = hold("unlock:1")

    assert [(draw.source, draw.units, draw.credits) for draw in placed.draws.all()] == [("allowance", 1, 0)]
    assert placed.credits == 0

    charge = capture_hold(key="unlock:1")

    assert (charge.credits, charge.units, charge.balance, charge.replayed) == (0, 1, 1000, False)
    assert charge.draws == [{"source": "allowance", "units": 1, "credits": 0}]
    assert_laws()


def test_credits_are_held_then_spent(without_allowances, hold):
    give(100)

    placed = hold("unlock:1")

    assert compute_balance() == {"balance": 100, "held": 25, "available": 75, "unit": "credits"}
    charge = capture_hold(key=placed.key)
    assert (charge.credits, charge.balance) == (25, 75)
    assert compute_balance() == {"balance": 75, "held": 0, "available": 75, "unit": "credits"}
    assert list(Entry.objects.order_by("seq").values_list("kind", "amount", "held_delta", "balance_after")) == [
        ("grant", 100, 0, 100),
        ("hold", 0, 25, 100),
        ("capture", -25, -25, 75),
    ]
    assert_laws()


def test_a_spend_tells_which_grants_paid_it(without_allowances, hold):
    first = give(10, source_key="a")
    second = grant_credits(amount=40, origin="purchase", source_key="b")

    hold("unlock:1")
    capture_hold(key="unlock:1")

    spend = Entry.objects.get(kind="capture")
    assert spend.grants == [
        {"grant": first.pk, "origin": "adjustment", "amount": -10, "held_delta": -10},
        {"grant": second.pk, "origin": "purchase", "amount": -15, "held_delta": -15},
    ]
    assert spend.draws == [{"source": "credits", "units": 1, "credits": 25}]


def test_a_release_gives_everything_back(without_allowances, hold):
    give(30)
    hold("unlock:1")

    released = release_hold(key="unlock:1")

    assert released.state == "released"
    assert compute_balance()["available"] == 30
    assert UsageCounter.objects.get().units == 0
    assert_laws()


def test_the_same_key_is_held_once_and_charged_once(hold):
    first = hold("unlock:1")

    assert hold("unlock:1").pk == first.pk
    capture_hold(key="unlock:1")
    before = snapshot()
    assert hold("unlock:1").pk == first.pk
    again = capture_hold(key="unlock:1")

    assert again.replayed
    assert again.draws == [{"source": "allowance", "units": 1, "credits": 0}]
    assert snapshot() == before


def test_a_released_key_can_be_held_again(without_allowances, hold):
    give(25)
    first = hold("unlock:1")
    release_hold(key="unlock:1")

    second = hold("unlock:1")
    capture_hold(key="unlock:1")

    assert second.pk != first.pk
    assert compute_balance()["balance"] == 0
    assert_laws()


def test_a_key_with_other_contents_is_refused(hold):
    hold("unlock:1")
    before = snapshot()

    with pytest.raises(KeyReused):
        hold("unlock:1", units=2)
    with pytest.raises(KeyReused):
        hold("unlock:1", action="discovery_pagination")

    assert snapshot() == before


def test_a_refusal_changes_nothing(without_allowances, hold):
    give(24)
    before = snapshot()

    with pytest.raises(InsufficientCredits) as refusal:
        hold("unlock:1")

    assert snapshot() == before
    assert refusal.value.details["missing"] == {"units": 1, "credits": 1}
    assert refusal.value.details["top_up"] == "/api/v1/billing/topups"


@pytest.mark.parametrize("end", ["released", "never held"])
def test_nothing_is_captured_without_a_hold(hold, end):
    if end == "released":
        hold("unlock:1")
        release_hold(key="unlock:1")

    with pytest.raises(HoldClosed):
        capture_hold(key="unlock:1")


def test_releasing_twice_or_nothing_is_no_error(hold):
    hold("unlock:1")

    assert release_hold(key="unlock:1").state == "released"
    before = snapshot()
    assert release_hold(key="unlock:1").state == "released"
    assert release_hold(key="unlock:2") is None
    assert snapshot() == before


def test_a_captured_hold_cannot_be_released(hold):
    hold("unlock:1")
    capture_hold(key="unlock:1")
    before = snapshot()

    assert release_hold(key="unlock:1").state == "captured"
    assert snapshot() == before


def test_part_of_a_hold_is_captured_cheapest_first(hold, without_allowances):
    give(100)
    grant_credits(unit="influencer_unlock", amount=2, origin="purchase", source_key="bought")
    hold("bulk", units=4)

    charge = capture_hold(key="bulk", units=3)

    assert charge.draws == [
        {"source": "bought", "units": 2, "credits": 0},
        {"source": "credits", "units": 1, "credits": 25},
    ]
    assert compute_balance()["available"] == 75
    assert UsageCounter.objects.get().units == 3
    again = capture_hold(key="bulk")
    assert (again.units, again.draws, again.replayed) == (3, charge.draws, True)
    assert_laws()


def test_the_subject_can_be_told_when_it_is_known(hold):
    hold("unlock:1", subject=("profile", "old.name"))

    capture_hold(key="unlock:1", subject=("profile", "new.name"))

    assert list(Entry.objects.filter(hold__isnull=False).order_by("seq").values_list("kind", "subject_label")) == [
        ("hold", "old.name"),
        ("capture", "new.name"),
    ]


def test_a_grant_is_made_once(in_team):
    first = grant_credits(amount=50, origin="purchase", source_key="stripe:pi_1")
    before = snapshot()

    assert grant_credits(amount=50, origin="purchase", source_key="stripe:pi_1") == first
    with pytest.raises(KeyReused):
        grant_credits(amount=51, origin="purchase", source_key="stripe:pi_1")

    assert snapshot() == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE credits_entry SET amount = 1", "DELETE FROM credits_entry", "TRUNCATE credits_entry CASCADE"],
)
def test_the_database_refuses_to_change_the_ledger(hold, statement):
    hold("unlock:1")

    connection.check_constraints()  # TRUNCATE waits for deferred ones
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE credits_wallet SET balance = -1",
        "UPDATE credits_wallet SET held = balance + 1",
        "UPDATE credits_wallet SET held = -1",
        "UPDATE credits_grant SET remaining = amount + 1",
        "UPDATE credits_grant SET held = remaining + 1",
        "UPDATE credits_grant SET remaining = -1",
        "INSERT INTO credits_wallet (id, balance, held, seq, created_at) VALUES (2, 0, 0, 0, now())",
    ],
)
def test_the_database_refuses_a_wallet_that_cannot_be(hold, statement):
    hold("unlock:1")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_unknown_action_has_no_price(hold):
    from apps.plans.errors import PriceNotFound

    with pytest.raises(PriceNotFound):
        hold("k", action="world_domination")


def test_units_must_be_positive(in_team, owner):
    with pytest.raises(ValueError, match="units"):
        hold_credits(action="influencer_unlock", units=0, key="k", member=owner)
