"""Refunds, disputes and corrections: what is taken back, what is owed for it, how it is repaid, forgiven, undone."""

import pytest

from apps.credits.errors import AdjustmentInvalid, CreditsOwed, GrantNotFound, KeyReused
from apps.credits.models import Entry, Grant, Revocation
from apps.credits.selectors import compute_balance, quote
from apps.credits.services import (
    GrantNote,
    adjust_credits,
    bring_up_to_date,
    capture_hold,
    grant_credits,
    release_hold,
    restore_grant,
    revoke_grant,
    waive_debt,
)

from .conftest import change_plan
from .laws import assert_laws
from .test_holding import snapshot

NOTE = GrantNote(reason="Refunded")


@pytest.fixture
def bought(without_allowances, in_team):
    """`bought(500)`: a paid lot of the team, which has nothing else."""

    def buy(amount: int, key: str = "stripe:pi_1", **more):
        return grant_credits(amount=amount, origin="purchase", source_key=key, **more)

    return buy


@pytest.fixture
def spend(hold):
    """`spend(4)`: four analyses at 25 credits, held and captured."""

    def pay(units: int, key: str = "u") -> None:
        hold(key, units=units)
        capture_hold(key=key)

    return pay


def revoke(key: str = "re_1", **more) -> Revocation:
    return revoke_grant(**{"source_key": "stripe:pi_1", "key": key, "note": NOTE, **more})


def available() -> int:
    return compute_balance()["available"]


def test_an_unspent_lot_is_taken_back_once(bought):
    bought(500)

    for _ in range(2):
        taken = revoke()

    assert (taken.revoked, taken.debt) == (500, 0)
    assert available() == 0
    entry = Entry.objects.get(kind="reverse")
    assert (entry.amount, entry.reason, entry.key) == (-500, "Refunded", "reverse:re_1")
    assert_laws()


def test_what_was_spent_is_owed_and_closes_paid_acts(bought, spend, hold):
    bought(500)
    spend(4)
    taken = revoke()
    assert (taken.revoked, taken.debt, taken.debt_remaining) == (400, 100, 100)
    grant_credits(amount=1000, origin="purchase", unit="influencer_unlock", source_key="units")
    before = snapshot()

    with pytest.raises(CreditsOwed) as refusal:
        hold("v")

    assert refusal.value.details == {"owed": {"credits": 100}, "top_up": "/api/v1/billing/topups"}
    assert quote(action="influencer_unlock")["reason"] == "credits.debt"
    assert snapshot() == before
    assert hold("free", action="bulk_export").credits == 0
    assert_laws()


def test_later_grants_of_the_unit_pay_first(bought, spend, hold):
    bought(500)
    spend(20)
    revoke()
    grant_credits(amount=300, origin="adjustment", source_key="a")
    assert (available(), Revocation.objects.get().debt_remaining) == (0, 200)

    grant_credits(amount=300, origin="purchase", source_key="b")

    assert (available(), Revocation.objects.get().debt_remaining) == (100, 0)
    assert list(Entry.objects.filter(kind="repay").order_by("seq").values_list("amount", flat=True)) == [-300, -200]
    assert hold("v").credits == 25
    assert_laws()


def test_the_monthly_credits_pay_as_well_and_a_quote_sees_it(bought, spend, team, clock):
    change_plan(team, allowances={}, monthly_credits=60)
    bring_up_to_date()
    bought(100)
    spend(6)
    assert revoke().debt == 90
    clock.wait(days=31)
    assert quote(action="influencer_unlock")["reason"] == "credits.debt"
    clock.wait(days=31)
    assert quote(action="influencer_unlock")["allowed"]
    assert available() == 30

    bring_up_to_date()

    assert available() == 30
    assert_laws()


def test_held_units_that_come_back_are_taken_for_the_debt(bought, hold):
    bought(100)
    hold("a", units=2)
    hold("b", units=2)
    taken = revoke()
    assert (taken.revoked, taken.debt) == (0, 100)

    release_hold(key="a")
    assert (available(), Revocation.objects.get().debt_remaining) == (0, 50)
    capture_hold(key="b")

    assert Revocation.objects.get().debt_remaining == 50
    assert compute_balance()["balance"] == 0
    assert_laws()


def test_a_part_and_then_the_rest(bought, spend):
    bought(500)
    spend(4)

    first = revoke("re_1", amount=150)
    second = revoke("re_2")
    third = revoke("re_3", amount=10)

    assert (first.revoked, first.debt) == (150, 0)
    assert (second.revoked, second.debt) == (250, 100)
    assert (third.amount, third.revoked, third.debt) == (0, 0, 0)
    assert_laws()


def test_what_expired_unspent_is_not_owed(bought, spend, clock):
    bought(500, expires_at=clock.now.replace(year=clock.now.year + 1))
    spend(4)
    clock.wait(days=366)
    bring_up_to_date()

    part, rest = revoke("re_1", amount=300), revoke("re_2")

    assert (part.revoked, part.debt) == (0, 0)
    assert (rest.amount, rest.revoked, rest.debt) == (200, 0, 100)
    assert_laws()


def test_a_lot_that_paid_a_debt_owes_it_when_it_is_taken_back(bought, spend):
    bought(100)
    spend(4)
    revoke()
    bought(300, key="stripe:pi_2")
    assert available() == 200

    taken = revoke("re_2", source_key="stripe:pi_2")

    assert (taken.revoked, taken.debt) == (200, 100)
    assert_laws()


def test_units_of_an_action_are_taken_back_like_credits(bought, hold):
    bought(10, unit="influencer_unlock")
    hold("a", units=4)
    capture_hold(key="a")

    taken = revoke()

    assert (taken.unit, taken.revoked, taken.debt) == ("influencer_unlock", 6, 4)
    grant_credits(amount=50, origin="purchase", source_key="credits")
    assert Revocation.objects.get().debt_remaining == 4
    grant_credits(amount=10, origin="purchase", unit="influencer_unlock", source_key="again")
    assert quote(action="influencer_unlock", units=6)["draws"] == [
        {"source": "bought", "units": 6, "credits": 0},
    ]
    assert_laws()


def test_a_restored_grant_is_there_again_and_its_debt_forgotten(bought, spend, hold):
    bought(500)
    spend(4)
    revoke()
    grant_credits(amount=60, origin="adjustment", source_key="a")
    assert (available(), Revocation.objects.get().debt_remaining) == (0, 40)

    for _ in range(2):
        restore_grant(key="re_1", note=GrantNote(reason="Dispute won"))

    assert Revocation.objects.get().debt_remaining == 0
    assert available() == 400 + 60
    assert list(Grant.objects.order_by("id").values_list("source_key", "remaining")) == [
        ("stripe:pi_1", 400),
        ("a", 0),
        ("restored:re_1", 60),
    ]
    assert hold("v").credits == 25
    assert_laws()


def test_a_restored_lot_pays_what_is_owed_for_another(bought, spend):
    bought(100)
    spend(4)
    bought(100, key="stripe:pi_2")
    revoke("re_2", source_key="stripe:pi_2")
    revoke("re_1")

    restore_grant(key="re_2", note=NOTE)

    assert available() == 0
    assert Revocation.objects.get(key="re_1").debt_remaining == 0
    assert_laws()


def test_a_restored_lot_that_has_ended_comes_back_for_a_day(bought, clock):
    bought(100, expires_at=clock.now.replace(year=clock.now.year + 1))
    revoke()
    clock.wait(days=366)

    restore_grant(key="re_1", note=NOTE)

    assert available() == 100
    clock.wait(hours=24)
    assert available() == 0


def test_after_a_restoration_it_can_be_taken_back_again(bought):
    bought(100)
    revoke()
    restore_grant(key="re_1", note=NOTE)

    assert revoke("re_2").revoked == 100
    assert_laws()


def test_a_superadmin_lets_a_debt_go(bought, spend, hold, make_user):
    root = make_user("root@operator.example", is_superuser=True)
    bought(100)
    spend(4)
    revoke()

    for _ in range(2):
        waive_debt(key="re_1", note=GrantNote(actor=root, reason="Our mistake"))

    debt = Revocation.objects.get()
    assert (debt.debt, debt.debt_remaining, debt.debt_waived) == (100, 0, 100)
    entry = Entry.objects.get(kind="waive")
    assert (entry.amount, entry.units, entry.member, entry.reason) == (0, 100, root, "Our mistake")
    grant_credits(amount=30, origin="adjustment", source_key="a")
    assert available() == 30
    assert_laws()


def test_what_does_not_exist_cannot_be_taken_back(bought):
    bought(100)
    bought(50, key="stripe:pi_2")
    revoke()

    for call in (
        lambda: revoke("re_2", source_key="nothing"),
        lambda: restore_grant(key="nothing", note=NOTE),
        lambda: waive_debt(key="nothing", note=NOTE),
    ):
        with pytest.raises(GrantNotFound):
            call()
    with pytest.raises(KeyReused):
        revoke("re_1", source_key="stripe:pi_2")


def test_a_correction_by_hand_gives_or_takes_once(bought, hold, make_user):
    root = make_user("root@operator.example", is_superuser=True)
    note = GrantNote(actor=root, reason="Goodwill")
    bought(100)
    for _ in range(2):
        assert adjust_credits(amount=40, key="1", note=note) == 40
    assert available() == 140
    hold("u", units=2)  # adjustments are drawn before what was bought: 40 and 10
    for _ in range(2):
        assert adjust_credits(amount=-60, key="2", note=note) == -60
    assert available() == 30

    assert adjust_credits(amount=-1000, key="3", note=note) == -30

    assert compute_balance() == {"balance": 50, "held": 50, "available": 0, "unit": "credits"}
    entries = Entry.objects.filter(kind="reverse")
    assert {(entry.member_id, entry.reason) for entry in entries} == {(root.pk, "Goodwill")}
    assert_laws()


@pytest.mark.parametrize(("amount", "reason"), [(0, "Why"), (5, " "), (-5, "")])
def test_a_correction_says_how_much_and_why(bought, amount, reason):
    before = snapshot()

    with pytest.raises(AdjustmentInvalid):
        adjust_credits(amount=amount, key="1", note=GrantNote(reason=reason))

    assert snapshot() == before
