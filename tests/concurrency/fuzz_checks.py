"""What must be true when the fuzz is over, asked of each team; test_fuzz_checks.py shows that each check can fail."""

from collections import Counter
from typing import Any

from apps.billing.models import TopupOrder
from apps.credits.models import Entry, Grant, Hold, Revocation
from apps.discovery.models import Unlock
from apps.teams.access import enter_team
from tests.credits.laws import assert_laws


def check_team(fake: Any, team: Any, *, told_paid: set[str]) -> None:
    """The books add up, nothing is open, no act is unpaid or paid twice, each payment is granted exactly once."""
    with enter_team(team):
        assert_laws()
        assert_nothing_open()
        assert_unlocks_are_paid_once()
        assert_paid(told_paid)
        assert_payments_are_granted_once(fake, team)


def assert_nothing_open() -> None:
    assert list(Hold.objects.filter(state="held")) == []


def assert_unlocks_are_paid_once() -> None:
    """Each unlock has one captured hold with one entry in credits, and each such hold has its unlock."""
    unlocked = list(Unlock.objects.values_list("hold_key", flat=True))
    paid = list(Hold.objects.filter(state="captured", action="influencer_unlock").values_list("key", flat=True))
    assert sorted(unlocked) == sorted(paid)
    captures = Counter(Entry.objects.filter(kind="capture", unit="credits").values_list("hold__key", flat=True))
    assert all(captures[key] == 1 for key in captures)
    assert set(captures) == set(Hold.objects.filter(state="captured").values_list("key", flat=True))


def assert_paid(known: set[str]) -> None:
    """What a member was told is paid, is paid; a commit whose answer was lost may have paid more."""
    assert known <= set(Hold.objects.filter(state="captured").values_list("key", flat=True))


def assert_payments_are_granted_once(fake: Any, team: Any) -> None:
    """Stripe's own payments of top-ups against the ledger's grants, and what was given back against revocations."""
    account = team.billing_account
    with fake.world.lock:
        sessions = [
            one
            for one in fake.world.every("checkout.session", mode="payment", payment_status="paid")
            if one["customer"] == account.stripe_customer_id
        ]
        charges = {one["payment_intent"]: dict(one) for one in fake.world.every("charge", paid=True)}
        disputes = list(fake.world.every("dispute"))
    orders = {str(order.pk): order for order in TopupOrder.objects.filter(account=account)}
    expected = {}
    for session in sessions:
        order = orders[session["client_reference_id"]]
        expected[f"stripe:{session['payment_intent']}"] = (order.unit, order.quantity)
    granted = Grant.objects.filter(origin="purchase").values_list("source_key", "unit", "amount")
    assert {key: (unit, amount) for key, unit, amount in granted} == expected
    for session in sessions:
        order, charge = orders[session["client_reference_id"]], charges[session["payment_intent"]]
        lost = any(one["charge"] == charge["id"] and one["status"] != "won" for one in disputes)
        taken = sum(
            Revocation.objects.filter(grant__source_key=order.source_key, restored_at=None).values_list(
                "amount", flat=True
            )
        )
        cents = order.price_cents if lost else charge["amount_refunded"]
        assert taken == order.quantity * cents // order.price_cents, (order.state, charge["amount_refunded"], lost)
