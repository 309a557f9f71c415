"""The ledger's laws over months: plans that change, leaps of the clock, payments taken back, debts, members' caps."""

from collections import Counter
from typing import ClassVar

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.credits.errors import HoldClosed
from apps.credits.models import Entry, Grant, Hold, MemberCap, Revocation, UsageCounter
from apps.credits.selectors import compute_balance
from apps.credits.selectors.auditing import replay_wallet
from apps.credits.services import (
    GrantNote,
    bring_up_to_date,
    capture_hold,
    change_plan,
    grant_credits,
    hold_credits,
    release_hold,
    restore_grant,
    revoke_grant,
    set_member_limits,
    waive_debt,
)
from apps.plans.models import PlanVersion

from . import conftest
from .laws import assert_laws

ACTION = "influencer_unlock"
UNITS = st.sampled_from(["credits", ACTION])
KEYS = st.sampled_from(["a", "b", "c"])
NOTE = GrantNote(reason="Law")
LARGE_MONTH = 300


class Months(RuleBasedStateMachine):
    """A wallet that lives through months; what must hold is read from the rows."""

    members: ClassVar[list[User]]
    plans: ClassVar[list[PlanVersion]]
    clock: ClassVar[conftest.Clock]

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.began, self.number = self.clock.now, 0
        bring_up_to_date()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)
        self.clock.now = self.began

    def name(self) -> str:
        self.number += 1
        return f"n{self.number}"

    def take_back(self, grant: Grant | None, amount: int | None) -> None:
        if grant:
            about = {"source_key": grant.source_key, "key": self.name(), "amount": amount, "note": NOTE}
            first, again = revoke_grant(**about), revoke_grant(**about)
            assert first.pk == again.pk

    @rule(amount=st.integers(1, 120), unit=UNITS)
    def buy(self, amount: int, unit: str) -> None:
        key = self.name()
        first, again = (grant_credits(unit=unit, amount=amount, origin="purchase", source_key=key) for _ in range(2))
        assert first.pk == again.pk

    @rule(key=KEYS, units=st.integers(1, 6), who=st.integers(0, 1))
    def hold(self, key: str, units: int, who: int) -> None:
        owed = Revocation.objects.filter(debt_remaining__gt=0).exists()
        known = Hold.objects.exclude(state="released").filter(key=key).exists()
        try:
            placed = hold_credits(action=ACTION, units=units, key=key, member=self.members[who])
        except DomainError:
            return
        assert known or not owed
        counters = UsageCounter.objects.filter(period_start=placed.period_start, member=self.members[who])
        caps = dict(MemberCap.objects.filter(member=self.members[who]).values_list("unit", "limit"))
        if not known:
            assert sum(row.units for row in counters if row.action == ACTION) <= caps.get(ACTION, 10**6)
            # A limit set below what was spent before refuses credits only, not what was bought.
            assert not placed.credits or sum(row.credits for row in counters) <= caps.get("credits", 10**6)

    @rule(units=st.integers(4, 8))
    def spend(self, units: int) -> None:
        key = self.name()
        self.hold(key, units, 0)
        if Hold.objects.filter(key=key).exists():
            capture_hold(key=key)

    @rule(amount=st.integers(25, 200))
    def buy_spend_and_take_back(self, amount: int) -> None:
        self.buy(amount, "credits")
        self.spend(8)
        self.take_back(Grant.objects.filter(remaining__lt=F("amount")).order_by("-id").first(), None)

    @rule(key=KEYS, part=st.booleans())
    def capture(self, key: str, part: bool) -> None:
        held = Hold.objects.filter(key=key, state="held").first()
        if held or Hold.objects.filter(key=key, state="captured").exists():
            assert capture_hold(key=key, units=1 if part and held else None).replayed is not bool(held)
        else:
            with pytest.raises(HoldClosed), transaction.atomic():
                capture_hold(key=key)

    @rule(key=KEYS)
    def release(self, key: str) -> None:
        release_hold(key=key)
        assert not Hold.objects.filter(key=key, state="held").exists()

    @rule(days=st.sampled_from([0.01, 1, 20, 31, 95]))
    def leap(self, days: float) -> None:
        self.clock.wait(days=days)
        before = compute_balance()
        nothing_held = not before["held"] and not Hold.objects.filter(state="held").exists()
        bring_up_to_date()
        assert not bring_up_to_date()
        if nothing_held:
            assert compute_balance() == before

    @rule(to=st.integers(0, 1), anew=st.booleans())
    def change(self, to: int, anew: bool) -> None:
        key = self.name()
        change_plan(plan_version=self.plans[to], key=key, anchor_at=self.clock.now if anew else None)
        after = Entry.objects.count()
        change_plan(plan_version=self.plans[to], key=key)
        assert Entry.objects.count() == after

    @precondition(lambda _: Grant.objects.exists())
    @rule(data=st.data(), amount=st.none() | st.integers(1, 60))
    def revoke(self, data: st.DataObject, amount: int | None) -> None:
        source_key = data.draw(st.sampled_from(list(Grant.objects.order_by("id").values_list("source_key", flat=True))))
        self.take_back(Grant.objects.get(source_key=source_key), amount)

    @precondition(lambda _: Revocation.objects.exists())
    @rule(data=st.data(), undo=st.booleans())
    def settle(self, data: st.DataObject, undo: bool) -> None:
        key = data.draw(st.sampled_from(list(Revocation.objects.values_list("key", flat=True))))
        for _ in range(2):
            found = restore_grant(key=key, note=NOTE) if undo else waive_debt(key=key, note=NOTE)
        assert found.debt_remaining == 0

    @rule(who=st.integers(0, 1), limit=st.integers(0, 8), unit=UNITS)
    def cap(self, who: int, limit: int, unit: str) -> None:
        set_member_limits(member=self.members[who], limits={unit: limit * (25 if unit == "credits" else 1)})

    @invariant()
    def laws_hold(self) -> None:
        assert_laws()
        assert replay_wallet().counts == {}

    @invariant()
    def debts_add_up(self) -> None:
        repaid: Counter[int] = Counter()
        for entry in Entry.objects.filter(kind="repay"):
            repaid[int(entry.key.split(":")[1])] -= entry.amount
        for debt in Revocation.objects.all():
            settled = repaid[debt.pk] + debt.debt_waived + debt.debt_remaining
            assert settled <= debt.debt if debt.restored_at else settled == debt.debt

    @invariant()
    def a_month_comes_once(self) -> None:
        brought: Counter = Counter()
        for grant in Grant.objects.filter(origin="plan"):
            brought[grant.effective_at, grant.expires_at] += grant.amount
        assert all(amount <= LARGE_MONTH for amount in brought.values())


def test_the_laws_hold_over_months(team, in_team, owner, as_member, clock):
    plans = []
    for allowance, month, rollover in [(3, 100, 40), (6, LARGE_MONTH, 50)]:
        conftest.change_plan(team, allowances={ACTION: allowance}, monthly_credits=month, rollover_credits_max=rollover)
        plans.append(PlanVersion.objects.get(pk=team.plan_version_id))
    Months.plans, Months.members, Months.clock = plans, [owner, as_member(team, "manager")], clock

    run_state_machine_as_test(
        Months,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
