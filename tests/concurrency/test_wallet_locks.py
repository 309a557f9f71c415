"""Acts on one wallet that race: with the lock of `open_books` the quick one waits, without it the books lie.

The unique keys behind the lock are gone in both: the lock alone holds. What the keys alone hold is in test_keys.py.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from apps.credits.errors import InsufficientCredits
from apps.credits.models import Grant, MemberCap
from apps.credits.selectors import terms
from apps.credits.selectors.terms import ask_terms
from apps.credits.services import (
    GrantNote,
    books,
    bring_up_to_date,
    capping,
    capture_hold,
    change_plan,
    ensure_period,
    grant_credits,
    hold_credits,
    revoke_grant,
    roll_up_wallet,
    rolling,
    set_member_limits,
)
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from apps.teams.models import TeamRollup
from tests.credits import conftest as wallets
from tests.credits.laws import assert_laws

from .fuzz_clock import LEDGER_CLOCK, leap_to
from .overtaking import Overtaking, overtake
from .taking import drop_unique, take_away

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]
NOTE = GrantNote(reason="A race")
KEYS_BEHIND = (
    "credits_entry.seq",
    "credits_entry.key",
    "credits_grant.source_key",
    "credits_hold/credits_hold_key_live",
)


@dataclass(frozen=True)
class Lock:
    """Who locks and with which text, the race, and what comes of it with the lock and without."""

    race: Callable[[Any], Overtaking]
    kept: Any
    lost: Any
    by: Callable[..., Any] = ask_terms
    text: tuple[str, str] = ('"FOR UPDATE" if locking else ""', '""')


def spend(team: Any, key: str = "spend") -> Any:
    hold_credits(action="influencer_unlock", key=key, member=team.owner)
    return capture_hold(key=key)


def are_books_right() -> bool:
    try:
        assert_laws()
    except AssertionError:
        return False
    return True


def spend_while_revoking(team: Any) -> Overtaking:
    """A payment goes back while a member spends what it brought: he does not get it as well."""
    return Overtaking(
        slow=lambda: revoke_grant(source_key="payment", key="refund", note=NOTE),
        quick=lambda: spend(team),
        before=(books, "_close"),
        see=lambda outcomes: (outcomes[1] is InsufficientCredits, are_books_right()),
    )


def revoke_while_spending(team: Any) -> Overtaking:
    """What was spent of a payment that goes back is owed."""

    def see(outcomes: Any) -> tuple[int, bool]:
        return outcomes[1].debt, are_books_right()

    return Overtaking(
        slow=lambda: hold_credits(action="influencer_unlock", key="spend", member=team.owner),
        quick=lambda: revoke_grant(source_key="payment", key="refund", note=NOTE),
        before=(books, "_close"),
        see=see,
    )


def count_same_grants() -> int:
    """How often the grant that came most often came."""
    keys = Grant.objects.values_list("source_key", flat=True)
    return max(Counter("upgrade" if key.startswith("upgrade:") else key for key in keys).values())


def close_while_spending(team: Any) -> Overtaking:
    """A member spends the last of the month while the beat closes it."""

    def close() -> None:
        leap_to(40)
        assert bring_up_to_date()

    return Overtaking(
        slow=lambda: hold_credits(action="influencer_unlock", key="spend", member=team.owner),
        quick=close,
        before=(books, "_close"),
        see=lambda _: are_books_right(),
    )


def spend_while_closing(team: Any) -> Overtaking:
    """The beat closes a month, and a member's act finds it not closed yet: the new credits come once."""
    leap_to(40)
    return Overtaking(
        slow=bring_up_to_date,
        quick=lambda: spend(team),
        before=(Grant, "save"),
        see=lambda _: (count_same_grants(), are_books_right()),
    )


def close_twice(team: Any) -> Overtaking:
    """Two beats close the same month."""
    leap_to(40)
    return Overtaking(
        slow=bring_up_to_date,
        quick=bring_up_to_date,
        before=(Grant, "save"),
        see=lambda _: (count_same_grants(), are_books_right()),
    )


def upgrade_twice(team: Any) -> Overtaking:
    """The same upgrade from two sides: the difference comes once, and the books know of it."""

    def upgrade(key: str) -> None:
        change_plan(plan_version=get_plan_version("premium"), key=key)

    return Overtaking(
        slow=lambda: upgrade("one"),
        quick=lambda: upgrade("two"),
        before=(Grant, "save"),
        see=lambda _: (count_same_grants(), are_books_right()),
    )


def limit_twice(team: Any) -> Overtaking:
    """Two admins set a member's limits: the later ones count, and not both."""
    return Overtaking(
        slow=lambda: set_member_limits(member=team.owner, limits={"credits": 5}),
        quick=lambda: set_member_limits(member=team.owner, limits={"influencer_unlock": 3}),
        before=(MemberCap.objects, "bulk_create"),
        see=lambda _: sorted(MemberCap.objects.values_list("unit", flat=True)),
    )


def spend_while_counting(team: Any) -> Overtaking:
    """What the operator's figures say at last is counted at last."""

    def spend_and_count() -> None:
        spend(team)
        roll_up_wallet()

    def see(_outcomes: Any) -> bool:
        stored = sorted(TeamRollup.objects.values_list("month", "metric", "unit", "value"))
        roll_up_wallet()
        return stored == sorted(TeamRollup.objects.values_list("month", "metric", "unit", "value"))

    return Overtaking(slow=roll_up_wallet, quick=spend_and_count, before=(rolling, "store_rollups"), see=see)


LOCKS = [
    Lock(spend_while_revoking, kept=(True, True), lost=(False, False)),
    Lock(revoke_while_spending, kept=(25, True), lost=(0, False)),
    Lock(close_while_spending, kept=True, lost=False),
    Lock(spend_while_closing, kept=(1, True), lost=(2, False)),
    Lock(close_twice, kept=(1, True), lost=(2, False)),
    Lock(upgrade_twice, kept=(1, True), lost=(2, False)),
    Lock(
        limit_twice,
        ["influencer_unlock"],
        ["credits", "influencer_unlock"],
        capping.set_member_limits,
        ("lock_wallet()", ""),
    ),
    Lock(spend_while_counting, True, False, rolling.roll_up_wallet, ("lock_wallet()", "")),
]
_ON_A_PLAN = {close_while_spending, spend_while_closing, close_twice, upgrade_twice}
each_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.race.__name__)


@pytest.fixture
def wallet(team, lock, monkeypatch) -> Any:
    """100 credits: the plan's own of this month, or those of one payment. The keys behind the lock are gone."""
    leap_to(0)
    monkeypatch.setattr(terms, "CLOCK", LEDGER_CLOCK)
    wallets.change_plan(team, allowances={}, monthly_credits=100 if lock.race in _ON_A_PLAN else 0)
    ensure_period(team)
    with enter_team(team):
        if lock.race not in _ON_A_PLAN:
            grant_credits(
                amount=100 if lock.race is not spend_while_revoking else 25, origin="purchase", source_key="payment"
            )
        for key in KEYS_BEHIND:
            drop_unique(key)
        yield team
    connection.close()


@each_lock
def test_the_lock_holds(wallet, lock, monkeypatch):
    assert overtake(monkeypatch, lock.race(wallet)) == lock.kept


@each_lock
def test_without_the_lock_the_books_lie(wallet, lock, monkeypatch):
    """The canary."""
    race = lock.race(wallet)
    take_away(monkeypatch, lock.by, lock.text)

    assert overtake(monkeypatch, race) == lock.lost
