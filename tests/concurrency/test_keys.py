"""The ledger's unique keys under racers without a lock: each refuses the second, and without it both are written."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, models

from apps.core.trips import Ask, Trips, open_transaction
from apps.credits.models import Entry, Grant, LowNotice, MemberCap, Revocation
from apps.credits.selectors.terms import ask_terms
from apps.credits.services import (
    GrantNote,
    adjust_credits,
    books,
    capping,
    ensure_period,
    grant_credits,
    hold_credits,
    revoke_grant,
    set_member_limits,
)
from apps.teams.access import enter_team
from tests.credits.conftest import change_plan

from .overtaking import Overtaking, overtake
from .racing import race
from .taking import drop_unique, take_away
from .test_wallet import drop_constraint, fill_without_lock

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed_db")]
NOTE = GrantNote(reason="A race")


@dataclass(frozen=True)
class Key:
    """A unique key, what two racers do to it, what they would write twice, and the keys behind it."""

    constraint: str
    act: Callable[[Any], object]
    written: type[models.Model]
    where: dict[str, str]
    behind: tuple[tuple[str, str], ...] = ()

    @property
    def table(self) -> str:
        return self.written._meta.db_table


ENTRY_KEY = ("credits_entry", "credits_entry_key_key")
KEYS = [
    Key(
        "credits_grant_source_key_key",
        lambda _: grant_credits(amount=5, origin="purchase", source_key="stripe:pi_1"),
        Grant,
        {"source_key": "stripe:pi_1"},
        (ENTRY_KEY,),
    ),
    Key(
        "credits_revocation_key_key",
        lambda _: revoke_grant(source_key="canary", key="refund:1", amount=10, note=NOTE),
        Revocation,
        {"key": "refund:1"},
        (ENTRY_KEY,),
    ),
    Key(
        "credits_entry_key_key",
        lambda _: adjust_credits(amount=-5, key="once", note=NOTE),
        Entry,
        {"key": "reverse:adjust:once"},
    ),
    Key(
        "credits_membercap_unique",
        lambda team: set_member_limits(member=team.owner, limits={"credits": 5}),
        MemberCap,
        {"unit": "credits"},
    ),
]
each_key = pytest.mark.parametrize("key", KEYS, ids=lambda key: key.constraint)


@pytest.fixture
def without_lock(team, monkeypatch) -> Any:
    """No lock and no entry numbers; racers meet when each has looked and before either commits."""
    change_plan(team, allowances={}, monthly_credits=0)
    fill_without_lock(team, 100)
    drop_constraint(team, "credits_entry", "credits_entry_seq_%")
    meet = threading.Barrier(2)
    close, insert = books._close, MemberCap.objects.bulk_create

    @contextmanager
    def read_together(*asks: Ask) -> Iterator[tuple[Trips, list[Any]]]:
        with open_transaction(ask_terms(), *asks) as opened:
            wait_for_each_other()
            yield opened

    def wait_for_each_other() -> None:
        with suppress(threading.BrokenBarrierError):
            meet.wait(2)

    def close_together(opened: Any) -> None:
        wait_for_each_other()
        close(opened)

    def insert_together(rows: Any) -> Any:
        wait_for_each_other()
        return insert(rows)

    monkeypatch.setattr(books, "lock_and_ask", read_together)
    monkeypatch.setattr(books, "_close", close_together)
    monkeypatch.setattr(capping, "lock_wallet", lambda: None)
    monkeypatch.setattr(MemberCap.objects, "bulk_create", insert_together)
    return team


def count_written(team: Any, key: Key) -> int:
    with enter_team(team):
        return key.written.objects.filter(**key.where).count()


@each_key
def test_the_key_alone_refuses_the_second(without_lock, key):
    outcomes = race(2, lambda _: key.act(without_lock), team=without_lock)

    assert outcomes.count(IntegrityError) == 1, outcomes
    assert key.constraint in str(outcomes.errors[0])
    assert count_written(without_lock, key) == 1


@each_key
def test_without_the_key_both_are_written(without_lock, key):
    """The canary."""
    for table, pattern in ((key.table, key.constraint), *key.behind):
        drop_constraint(without_lock, table, pattern)

    outcomes = race(2, lambda _: key.act(without_lock), team=without_lock)

    assert outcomes.errors == []
    assert count_written(without_lock, key) == 2
    connection.close()


@pytest.fixture
def nearly_empty(team, monkeypatch) -> Any:
    """50 of the month's 200 credits are left, and neither lock nor entry numbers."""
    change_plan(team, allowances={}, monthly_credits=200)
    ensure_period(team)
    with enter_team(team):
        hold_credits(action="influencer_unlock", units=6, key="before", member=team.owner)
        drop_unique("credits_entry.seq")
    take_away(monkeypatch, ask_terms, ('"FOR UPDATE" if locking else ""', '""'))
    return team


def fall_low_twice(team: Any) -> Overtaking:
    """Two members at once take what brings the wallet to a tenth; how often each threshold and how many mails."""

    def hold(key: str) -> Any:
        return hold_credits(action="influencer_unlock", key=key, member=team.owner)

    def see(_outcomes: Any) -> tuple[list[int], int]:
        told = list(LowNotice.objects.order_by("-threshold").values_list("threshold", flat=True))
        return told, len(mail.outbox)

    return Overtaking(lambda: hold("slow"), lambda: hold("quick"), (LowNotice.objects, "bulk_create"), see)


def test_a_threshold_is_told_of_once(nearly_empty, monkeypatch):
    with enter_team(nearly_empty):
        assert overtake(monkeypatch, fall_low_twice(nearly_empty)) == ([20], 1)


def test_without_the_key_a_threshold_is_told_of_twice(nearly_empty, monkeypatch):
    """The canary."""
    with enter_team(nearly_empty):
        drop_unique("credits_lownotice/credits_lownotice_once")

        assert overtake(monkeypatch, fall_low_twice(nearly_empty)) == ([20, 20], 2)
