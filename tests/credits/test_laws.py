"""The ledger's laws, over whatever sequence of acts hypothesis can think of."""

from typing import ClassVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from apps.accounts.models import User
from apps.credits.errors import HoldClosed, InsufficientCredits, KeyReused
from apps.credits.models import Grant, Hold
from apps.credits.selectors import compute_balance, quote
from apps.credits.selectors.auditing import replay_wallet
from apps.credits.services import bring_up_to_date, capture_hold, grant_credits, hold_credits, release_hold

from .conftest import change_plan
from .laws import assert_laws

ALLOWANCE = 3
PRICE = 25
KEYS = st.sampled_from(["a", "b", "c", "d", "e"])


class Wallets(RuleBasedStateMachine):
    """A wallet beside the simplest model of one: what is available, what the allowance has left, who holds what."""

    member: ClassVar[User]

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.available = 0
        self.allowance = ALLOWANCE
        self.grants = 0
        self.live: dict[str, tuple[int, int]] = {}
        self.captured: dict[str, tuple[int, int]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @rule(amount=st.integers(1, 120), origin=st.sampled_from(Grant.Origin.values))
    def grant(self, amount: int, origin: str) -> None:
        self.grants += 1
        for _ in range(2):
            grant_credits(amount=amount, origin=origin, source_key=f"g{self.grants}")
        self.available += amount

    @rule(key=KEYS, units=st.integers(1, 4))
    def hold(self, key: str, units: int) -> None:
        known = self.live.get(key) or self.captured.get(key)
        offer = quote(action="influencer_unlock", units=units)
        try:
            placed = hold_credits(action="influencer_unlock", units=units, key=key, member=self.member)
        except KeyReused:
            assert known is not None
            return
        except InsufficientCredits:
            assert known is None
            assert not offer["allowed"]
            assert (units - min(units, self.allowance)) * PRICE > self.available
            return
        if known is None:
            from_allowance = min(units, self.allowance)
            credits = (units - from_allowance) * PRICE
            assert (offer["allowed"], offer["credits"], placed.credits) == (True, credits, credits)
            self.allowance -= from_allowance
            self.available -= credits
            self.live[key] = (units, from_allowance)

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def capture(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.live)))
        units, from_allowance = self.live.pop(key)
        taken = data.draw(st.integers(1, units))
        charge = capture_hold(key=key, units=taken)
        paid = max(0, taken - from_allowance) * PRICE
        assert (charge.credits, charge.replayed) == (paid, False)
        self.available += (units - from_allowance) * PRICE - paid
        self.allowance += from_allowance - min(taken, from_allowance)
        self.captured[key] = (units, from_allowance)

    @rule(key=KEYS)
    def capture_again(self, key: str) -> None:
        if key in self.captured:
            assert capture_hold(key=key).replayed
        elif key not in self.live:
            with pytest.raises(HoldClosed), transaction.atomic():
                capture_hold(key=key)

    @rule(key=KEYS)
    def release(self, key: str) -> None:
        found = release_hold(key=key)
        if key in self.live:
            units, from_allowance = self.live.pop(key)
            self.available += (units - from_allowance) * PRICE
            self.allowance += from_allowance
            assert found is not None
            assert found.state == Hold.State.RELEASED

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def expire(self, data: st.DataObject) -> None:
        grant = Grant.objects.get(source_key=f"g{data.draw(st.integers(1, self.grants))}")
        if grant.expires_at is None:
            Grant.objects.filter(pk=grant.pk).update(expires_at=timezone.now())
            self.available -= grant.free
            bring_up_to_date()

    @invariant()
    def laws_hold(self) -> None:
        assert_laws()
        assert replay_wallet().counts == {}
        assert compute_balance()["available"] == self.available


def test_the_laws_hold_whatever_happens(team, in_team, owner):
    change_plan(team, allowances={"influencer_unlock": ALLOWANCE}, monthly_credits=0)
    Wallets.member = owner

    run_state_machine_as_test(
        Wallets,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
