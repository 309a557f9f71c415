"""A wallet under threads that start together. Each protection has a canary: with it taken away, the race shows."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from apps.core.trips import Ask, Trips, open_transaction
from apps.credits.errors import AllowanceUsed, HoldClosed, InsufficientCredits, MemberCapReached
from apps.credits.models import Entry, Grant, Hold, UsageCounter, Wallet
from apps.credits.selectors import compute_balance, terms
from apps.credits.selectors.terms import ask_terms
from apps.credits.services import (
    books,
    capture_hold,
    create_wallet,
    ensure_period,
    grant_credits,
    hold_credits,
    release_hold,
    set_member_limits,
)
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan
from tests.credits.laws import assert_laws, assert_sums

from .racing import race

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def wallet(committed_db, team) -> Callable[[int], Any]:
    """`wallet(credits)`: the team has these credits and no allowances."""
    change_plan(team, allowances={}, monthly_credits=0)

    def fill(amount: int) -> None:
        with enter_team(team):
            grant_credits(amount=amount, origin="adjustment", source_key="test")

    return fill


@pytest.fixture
def spend(team) -> Callable[[str], Any]:
    """`spend(key)`: hold and capture one profile analysis."""

    def run(key: str) -> Any:
        hold_credits(action="influencer_unlock", key=key, member=team.owner)
        return capture_hold(key=key)

    return run


@pytest.fixture
def without_wallet_lock(monkeypatch) -> None:
    """Take the lock away and let two readers meet before either writes."""
    meet = threading.Barrier(2)

    @contextmanager
    def read_together(*asks: Ask) -> Iterator[tuple[Trips, list[Any]]]:
        with open_transaction(ask_terms(), *asks) as opened:
            with suppress(threading.BrokenBarrierError):
                meet.wait(2)
            yield opened

    monkeypatch.setattr(books, "lock_and_ask", read_together)


def test_racing_spenders_never_overdraw(team, wallet, spend):
    wallet(75)

    outcomes = race_in(team, 8, lambda n: spend(f"k{n}"))

    assert outcomes.count(InsufficientCredits) == 5
    with enter_team(team):
        assert compute_balance() == {"balance": 0, "held": 0, "available": 0, "unit": "credits"}
        assert_laws()


def test_the_race_is_real_without_the_lock(team, wallet, without_wallet_lock):
    """The canary: two holders of one wallet's last credits meet, and only the entry numbers stop one of them."""
    fill_without_lock(team, 50)

    outcomes = race_in(team, 2, lambda n: hold_credits(action="influencer_unlock", key=f"k{n}", member=team.owner))

    assert outcomes.count(IntegrityError) == 1


def test_the_books_lie_without_lock_and_numbers(team, wallet, without_wallet_lock):
    """The canary's second half: with the unique numbers gone too, one holder's write is lost."""
    fill_without_lock(team, 50)
    drop_constraint(team, "credits_entry", "credits_entry_seq_%")

    outcomes = race_in(team, 2, lambda n: hold_credits(action="influencer_unlock", key=f"k{n}", member=team.owner))

    assert IntegrityError not in outcomes
    with enter_team(team), pytest.raises(AssertionError):
        assert_sums()


def test_sixty_four_unlocks_of_one_creator_charge_once(team, wallet, spend):
    wallet(1000)

    charges = race_in(team, 64, lambda n: spend("unlock:42"))

    assert [charge.replayed for charge in charges].count(False) == 1
    with enter_team(team):
        assert compute_balance()["balance"] == 975
        assert Hold.objects.count() == 1
        assert Entry.objects.filter(kind="capture").count() == 1
        assert_laws()


def test_a_key_is_charged_twice_without_its_unique_index(team, wallet, without_wallet_lock):
    """The canary: lock, numbers and the key's index gone, the same unlock is held twice."""
    fill_without_lock(team, 100)
    drop_constraint(team, "credits_entry", "credits_entry_seq_%")
    with enter_team(team), connection.cursor() as cursor:
        cursor.execute("DROP INDEX credits_hold_key_live")

    race_in(team, 2, lambda n: hold_credits(action="influencer_unlock", key="unlock:42", member=team.owner))

    with enter_team(team):
        assert Hold.objects.filter(key="unlock:42").count() == 2


def test_the_index_alone_keeps_a_key_single(team, wallet, without_wallet_lock):
    """With the lock gone and the index there, the second holder of a key fails: the last wall stands by itself."""
    fill_without_lock(team, 100)
    drop_constraint(team, "credits_entry", "credits_entry_seq_%")

    outcomes = race_in(team, 2, lambda n: hold_credits(action="influencer_unlock", key="unlock:42", member=team.owner))

    assert "credits_hold_key_live" in str(outcomes.errors[0])
    assert outcomes.count(IntegrityError) == 1


def test_sixty_four_creators_on_a_wallet_for_ten_unlock_ten(team, wallet, spend):
    wallet(250)

    outcomes = race_in(team, 64, lambda n: spend(f"unlock:{n}"))

    assert outcomes.count(InsufficientCredits) == 54
    with enter_team(team):
        assert Hold.objects.filter(state="captured").count() == 10
        assert compute_balance()["balance"] == 0
        assert_laws()


def test_the_free_allowance_is_not_exceeded(free_team):
    def spend(n: int) -> Any:
        hold_credits(action="influencer_unlock", key=f"unlock:{n}", member=free_team.owner)
        return capture_hold(key=f"unlock:{n}")

    outcomes = race_in(free_team, 12, spend)

    assert outcomes.count(AllowanceUsed) == 7
    with enter_team(free_team):
        assert_laws()


def test_a_members_cap_holds_in_parallel(team, wallet, spend):
    wallet(1000)
    with enter_team(team):
        set_member_limits(member=team.owner, limits={"influencer_unlock": 3})

    outcomes = race_in(team, 8, lambda n: spend(f"unlock:{n}"))

    assert outcomes.count(MemberCapReached) == 5
    with enter_team(team):
        assert_laws()


def test_a_period_is_granted_once(team):
    outcomes = race_in(team, 8, lambda n: ensure_period(team))

    assert IntegrityError not in outcomes
    with enter_team(team):
        assert Grant.objects.filter(origin="plan").count() == 1
        assert compute_balance()["balance"] == 1000
        assert_laws()


def test_a_payment_is_granted_once(team):
    grants = race_in(
        team, 8, lambda n: grant_credits(amount=500, origin="purchase", source_key="stripe:pi_1", unit="credits")
    )

    assert len({grant.pk for grant in grants}) == 1
    with enter_team(team):
        assert compute_balance()["balance"] == 1500
        assert_laws()


def test_a_capture_and_a_release_do_not_both_happen(team, wallet):
    wallet(1000)
    for round_number in range(6):
        key = f"unlock:{round_number}"
        with enter_team(team):
            hold_credits(action="influencer_unlock", key=key, member=team.owner)

        outcomes = race_in(team, 4, lambda n, key=key: (capture_hold if n % 2 else release_hold)(key=key))

        with enter_team(team):
            state = Hold.objects.get(key=key).state
            assert (outcomes.count(HoldClosed) == 2) == (state == "released")
            assert_laws()


def test_credits_that_came_while_waiting_for_the_lock_are_seen(team, wallet):
    """The clock is read after the lock: by its transaction's start, a waiting spender would miss them."""
    granted, held = spend_while_granting(team)

    with enter_team(team):
        assert held.draws.get().grant_id == granted.pk


def test_the_transactions_own_clock_would_miss_them(team, wallet, monkeypatch):
    """The canary of the test above."""
    spender = threading.local()
    monkeypatch.setattr(terms, "name_clock", lambda: getattr(spender, "clock", "clock_timestamp()"))

    granted, held = spend_while_granting(
        team, before_spending=lambda: setattr(spender, "clock", "transaction_timestamp()")
    )

    assert isinstance(granted, Grant)
    assert held is InsufficientCredits


def spend_while_granting(team: Any, before_spending: Callable[[], None] = lambda: None) -> Any:
    """One grants under the lock; another, whose transaction is older than the grant, waits for it and spends."""
    with enter_team(team):
        create_wallet()
    locked, begun = threading.Event(), threading.Event()

    def grant() -> Any:
        with transaction.atomic():
            books.lock_wallet()
            locked.set()
            assert begun.wait(10)
            wait_for_a_lock_waiter()
            return grant_credits(amount=25, origin="purchase", source_key="top-up")

    def spend() -> Any:
        assert locked.wait(10)
        with transaction.atomic():
            connection.cursor().execute("SELECT now()")
            begun.set()
            before_spending()
            return hold_credits(action="influencer_unlock", key="unlock:1", member=team.owner)

    def act(n: int) -> Any:
        return spend() if n else grant()

    return race_in(team, 2, act)


def race_in(team: Any, number: int, call: Callable[[int], Any]) -> Any:
    with enter_team(team):
        return race(number, call)


def fill_without_lock(team: Any, amount: int) -> None:
    """Credits for a canary, written before the lock is missed."""
    with enter_team(team):
        current = terms.read_terms()
        now, start = current.now, current.period.start
        UsageCounter.objects.create(period_start=start, member=team.owner, action="influencer_unlock")
        grant = Grant.objects.create(
            amount=amount, remaining=amount, origin="adjustment", priority=30, effective_at=now, source_key="canary"
        )
        Wallet.objects.update_or_create(id=1, defaults={"balance": amount, "seq": 1, "period_start": start})
        Entry.objects.create(
            seq=1,
            key="canary",
            kind="grant",
            amount=amount,
            balance_after=amount,
            held_after=0,
            at=now,
            grants=[{"grant": grant.pk, "origin": "adjustment", "amount": amount, "held_delta": 0}],
        )


def drop_constraint(team: Any, table: str, pattern: str) -> None:
    with enter_team(team), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND conname LIKE %s", [table, pattern]
        )
        (name,) = cursor.fetchone()
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def wait_for_a_lock_waiter() -> None:
    """Until another session waits for a lock that this one holds."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waits")
