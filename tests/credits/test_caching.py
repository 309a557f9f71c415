"""What is cached of a wallet is right the moment after a write, also for whoever began to read before it."""

import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.credits.selectors import compute_balance, get_balance, get_wallet_summary
from apps.credits.selectors.caching import BALANCE_SECONDS, read_cached
from apps.credits.services import books, capture_hold, grant_credits, hold_credits, release_hold
from apps.teams.access import enter_team

from .conftest import change_plan, give

PATHS = [
    "balance",
    "wallet/summary",
    "dashboard",
    "transactions",
    "transactions/search?q=maro",
    "usage/monthly",
    "analytics/spending",
    "allowances",
    "can-perform/influencer_unlock",
]


@pytest.fixture
def read(api, team):
    client = api(team.owner, team=team)
    return lambda path: client.get(f"/api/v1/credits/{path}").json()


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_new_the_moment_after_a_write(read, team, path, django_capture_on_commit_callbacks):
    change_plan(team, allowances={"influencer_unlock": 1})
    with enter_team(team):
        hold_credits(action="influencer_unlock", key="u0", member=team.owner)
        hold_credits(action="influencer_unlock", key="u1", member=team.owner, subject=("profile", "maro"))
    before = read(path)
    assert read(path) == before

    with django_capture_on_commit_callbacks(execute=True), enter_team(team):
        release_hold(key="u0")
        capture_hold(key="u1")

    after = read(path)
    assert after != before
    assert read(path) == after


def test_a_price_is_new_the_moment_after_a_write(read, django_capture_on_commit_callbacks):
    from apps.plans.models import PriceRule

    before = [read("pricing"), read("pricing/email_unlock"), read("wallet/summary")]
    with django_capture_on_commit_callbacks(execute=True):
        rule = PriceRule.objects.get(action="email_unlock")
        rule.pk, rule.version, rule.credits = None, rule.version + 1, 11
        rule.save(force_insert=True)

    after = [read("pricing"), read("pricing/email_unlock"), read("wallet/summary")]

    assert [old != new for old, new in zip(before, after, strict=True)] == [True] * 3


def test_an_answer_ends_with_the_grant_that_it_counts(in_team):
    """A grant ends without anybody writing."""
    change_plan(in_team, allowances={}, monthly_credits=0)
    give(50)
    give(30, expires_at=timezone.now() + timedelta(seconds=0.7))
    assert (get_balance()["balance"], get_wallet_summary()["balance"]) == (80, 80)

    time.sleep(0.8)

    assert (get_balance()["balance"], get_wallet_summary()["balance"]) == (50, 50)


def race_a_read_against_a_write(team) -> int:
    """A reader computes, then waits; a writer commits; only then does the reader store. What is read afterwards?"""
    computed, written = threading.Event(), threading.Event()

    def compute_slowly() -> dict:
        value = compute_balance()
        computed.set()
        assert written.wait(20)
        return value

    def read() -> dict:
        with enter_team(team):
            return read_cached("balance:raced", ttl=BALANCE_SECONDS, make=compute_slowly)

    reader = threading.Thread(target=read)
    reader.start()
    assert computed.wait(20)
    with enter_team(team):
        grant_credits(amount=7, origin="adjustment", source_key="late")
    written.set()
    reader.join(20)
    with enter_team(team):
        return read_cached("balance:raced", ttl=BALANCE_SECONDS, make=compute_balance)["balance"]


@pytest.mark.concurrency
@pytest.mark.usefixtures("committed_db")
def test_a_read_that_began_before_a_write_leaves_nothing_old_behind(team):
    change_plan(team, allowances={}, monthly_credits=0)

    assert race_a_read_against_a_write(team) == 7


@pytest.mark.concurrency
@pytest.mark.usefixtures("committed_db")
def test_the_race_is_real_without_forgetting(team, monkeypatch):
    """The canary: if this fails, the test above proves nothing."""
    change_plan(team, allowances={}, monthly_credits=0)
    monkeypatch.setattr(books, "forget_wallet", lambda: None)

    assert race_a_read_against_a_write(team) == 0
