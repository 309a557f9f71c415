"""The canaries of the fuzz: what it looks for at its end is found by its own checks, one misfortune at a time."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from apps.billing.models import TopupOrder
from apps.billing.services import fulfil_session, start_topup
from apps.credits.models import Entry, Grant, Hold
from apps.credits.services import capture_hold, hold_credits
from apps.credits.services.books import Move, open_books
from apps.discovery.services.unlocking import unlock_profile
from apps.teams.access import enter_team
from tests.billing.conftest import BACK, stripe, subscribe
from tests.discovery.creators import build_creator
from tests.fakes.stripe.refunds import refund

from .fuzz_checks import check_team
from .fuzz_work import set_up
from .taking import drop_unique

__all__ = ["stripe", "subscribe"]
Spoil = Callable[[Any, Any, pytest.MonkeyPatch], None]


@pytest.fixture
def payer(stripe, make_team, subscribe, settings) -> Any:
    """A team that did a little of everything: a plan, a top-up, an unlock, an act paid by hand."""
    set_up(settings)
    build_creator("maya", age_hours=1)
    team = make_team("free")
    subscribe(team)
    team.refresh_from_db()
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    stripe.pay(order.stripe_session_id)
    fulfil_session(order.stripe_session_id)
    with enter_team(team):
        assert unlock_profile(team=team, member=team.owner, username="maya", wait_seconds=0).state == "unlocked"
        pay_by_hand(team, "act:1")
    return team


def pay_by_hand(team: Any, key: str, action: str = "advanced_search") -> None:
    hold_credits(action=action, key=key, member=team.owner)
    capture_hold(key=key)


def write_without_the_lock(team: Any, _stripe: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who read the wallet before another act writes after it."""
    with enter_team(team):
        drop_unique("credits_entry.seq")
        with open_books() as stale:
            pay_by_hand(team, "act:2", action="bulk_export")
            (grant,) = (one for one in stale.list_grants() if one.origin == "purchase")
            stale.post(Entry(kind=Entry.Kind.REVERSE, key="late"), [Move(grant, amount=-5)])


def grant_a_payment_twice(_team: Any, _stripe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    order = TopupOrder.objects.get()
    TopupOrder.objects.update(state="open", granted_at=None)
    with monkeypatch.context() as patch:
        patch.setattr(TopupOrder, "source_key", property(lambda _order: f"stripe:{uuid.uuid4()}"))
        fulfil_session(order.stripe_session_id)


def never_grant_a_payment(team: Any, fake: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    order = start_topup(team=team, member=team.owner, package="credits_500", back=BACK)
    fake.pay(order.stripe_session_id)


def never_hear_of_a_refund(_team: Any, fake: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    payment = TopupOrder.objects.get().stripe_payment_intent_id
    with fake.world.lock:
        (charge,) = fake.world.every("charge", payment_intent=payment)
        refund(fake.world, charge, charge["amount"])


def pay_an_unlock_twice(team: Any, _stripe: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    with enter_team(team):
        pay_by_hand(team, "unlock:again", action="influencer_unlock")


def lose_an_unlocks_payment(team: Any, _stripe: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    with enter_team(team):
        Hold.objects.filter(action="influencer_unlock").update(key="of something else")


def leave_a_hold_open(team: Any, _stripe: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    with enter_team(team):
        hold_credits(action="advanced_search", key="act:3", member=team.owner)


def lose_what_was_told_to_be_paid(team: Any, _stripe: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    with enter_team(team):
        Hold.objects.filter(key="act:1").update(key="act:0")


def make_credits_of_nothing(team: Any, _stripe: Any, _monkeypatch: pytest.MonkeyPatch) -> None:
    with enter_team(team):
        Grant.objects.filter(origin="plan").update(remaining=1)


def test_all_is_well(payer, stripe):
    check_team(stripe, payer, told_paid={"act:1"})


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (write_without_the_lock, "assert_replay"),
        (make_credits_of_nothing, "assert_sums"),
        (leave_a_hold_open, "assert_nothing_open"),
        (pay_an_unlock_twice, "assert_unlocks_are_paid_once"),
        (lose_an_unlocks_payment, "assert_unlocks_are_paid_once"),
        (lose_what_was_told_to_be_paid, "assert_paid"),
        (grant_a_payment_twice, "assert_payments_are_granted_once"),
        (never_grant_a_payment, "assert_payments_are_granted_once"),
        (never_hear_of_a_refund, "assert_payments_are_granted_once"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_a_misfortune_is_found(payer, stripe, monkeypatch, spoil, check):
    spoil(payer, stripe, monkeypatch)

    with pytest.raises(AssertionError) as found:
        check_team(stripe, payer, told_paid={"act:1"})

    assert check in [entry.name for entry in found.traceback]
