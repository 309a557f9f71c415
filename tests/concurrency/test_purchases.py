"""Addresses and post analytics that race: bought and paid once."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from apps.credits.models import Entry, Hold
from apps.credits.selectors import compute_balance
from apps.discovery.models import EmailUnlock, PostUnlock
from apps.discovery.services import settling
from apps.discovery.services.analytics import buy_post_analytics
from apps.discovery.services.contacting import unlock_contacts
from apps.profiles.models import Post
from apps.teams.access import enter_team
from tests.concurrency.racing import race
from tests.credits.conftest import change_plan
from tests.discovery.creators import build_creator

pytestmark = pytest.mark.concurrency
MANY = 64


@pytest.fixture(autouse=True)
def without_analysis(settings) -> None:
    settings.ENABLE_AI_ANALYSIS = False


@pytest.fixture
def credits_only(committed_db, team):
    build_creator("maya", business_email="office@example.com")
    Post.objects.update(comments=0)
    return change_plan(team, allowances={}, monthly_credits=100)


def buy_contacts(team, owner) -> str:
    return unlock_contacts(team=team, member=owner, username="maya").state


def buy_post(team, owner) -> str:
    return buy_post_analytics(team=team, member=owner, address="maya1").state


@pytest.mark.parametrize(
    ("buy", "table", "price"), [(buy_contacts, EmailUnlock, 10), (buy_post, PostUnlock, 5)], ids=["email", "post"]
)
def test_64_at_once_are_charged_once(credits_only, owner, buy, table, price):
    team = credits_only

    outcomes = race(MANY, lambda _: buy(team, owner), team=team)

    assert outcomes.errors == []
    assert (outcomes.count("unlocked"), outcomes.count("already")) == (1, MANY - 1)
    with enter_team(team):
        assert table.objects.count() == 1
        assert list(Entry.objects.filter(kind=Entry.Kind.CAPTURE).values_list("amount", flat=True)) == [-price]
        assert compute_balance() == {
            "balance": 100 - price, "held": 0, "available": 100 - price, "unit": "credits",
        }  # fmt: skip


def test_64_for_a_post_that_needs_work_share_one_job_and_one_hold(credits_only, owner):
    team = credits_only
    Post.objects.update(last_seen_at=timezone.now() - timedelta(days=2))

    outcomes = race(MANY, lambda _: buy_post_analytics(team=team, member=owner, address="maya1"), team=team)

    assert outcomes.errors == []
    assert {answer.state for answer in outcomes} == {"pending"}
    assert len({answer.job.pk for answer in outcomes}) == 1
    assert sorted(answer.held for answer in outcomes)[-2:] == [0, 5]
    with enter_team(team):
        assert (Hold.objects.count(), compute_balance()["held"]) == (1, 5)


@pytest.mark.parametrize("buy", [buy_contacts, buy_post], ids=["email", "post"])
def test_the_race_is_real_without_the_lock(credits_only, owner, monkeypatch, buy):
    """The canary: without the lock two transactions both find nothing, and only the constraint is left to refuse."""
    both_looked = threading.Barrier(2)
    place_hold = settling.place_hold

    def place_when_both_looked(**wish):
        both_looked.wait(20)
        return place_hold(**wish)

    monkeypatch.setattr(settling, "lock_deal", lambda deal: deal)
    monkeypatch.setattr(settling, "place_hold", place_when_both_looked)

    outcomes = race(2, lambda _: buy(credits_only, owner), team=credits_only)

    assert (outcomes.count("unlocked"), outcomes.count(IntegrityError)) == (1, 1)
