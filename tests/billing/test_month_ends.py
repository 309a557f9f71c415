"""Plans that begin on days which some months do not have: Stripe, the ledger and transfers count the same periods."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from apps.billing.models import Subscription
from apps.billing.services import change_subscription, end_manual, extend_manual, start_manual, tend_accounts
from apps.credits.models import Grant
from apps.credits.selectors import get_period
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from tests.concurrency import fuzz_clock

from .conftest import reload, stand


def noon(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


@pytest.fixture
def turn(stripe, tell, tmp_path, monkeypatch):
    """`turn("2044-02-29")`: it is that day at noon for Stripe, the ledger and everybody. `turn("2044-02-29", 15)`: what
    fell due at noon was paid meanwhile, and we were told of both."""
    path = tmp_path / "days"
    fuzz_clock.leap_to(0, path)
    fuzz_clock.follow(monkeypatch, path)

    def leap(moment: datetime) -> None:
        stripe.advance(days=(moment - timezone.now()).total_seconds() / 86_400)
        fuzz_clock.leap_to((moment - datetime.now(UTC)).total_seconds() / 86_400, path)
        tell()

    def turn(day: str, hour: int = 12) -> None:
        leap(noon(day) + timedelta(minutes=5 if hour > 12 else 0))
        if hour > 12:
            leap(noon(day).replace(hour=hour))

    return turn


def list_days(team) -> list[str]:
    """The days on which the plan's credits came, with how many."""
    with enter_team(reload(team)):
        grants = Grant.objects.filter(origin="plan", source_key__startswith="plan:").order_by("id")
        return [f"{grant.effective_at:%Y-%m-%d} {grant.amount}" for grant in grants]


def read_period(team) -> tuple[str, str]:
    period = get_period(anchor=reload(team).billing_anchor_at, at=timezone.now())
    return f"{period.start:%Y-%m-%d}", f"{period.end:%Y-%m-%d}"


def read_stripes_period(team) -> tuple[str, str]:
    row = Subscription.objects.get(account__team=team)
    return f"{row.current_period_start:%Y-%m-%d}", f"{row.current_period_end:%Y-%m-%d}"


@pytest.mark.parametrize(
    "days",
    [
        ("2044-01-31", "2044-02-29", "2044-03-31", "2044-04-30"), ("2043-01-29", "2043-02-28", "2043-03-29"),
        ("2044-02-29", "2044-03-29", "2044-04-29"), ("2043-12-31", "2044-01-31", "2044-02-29", "2044-03-31"),
    ],
    ids=lambda days: days[0],
)  # fmt: skip
def test_a_month_ends_here_when_it_ends_at_stripe(free_team, subscribe, turn, days):
    turn(days[0])
    subscribe(free_team)

    for start, end in pairwise(days[1:]):
        turn(start, 15)
        assert read_period(free_team) == read_stripes_period(free_team) == (start, end)
        assert stand(free_team) == ("standard", "current")
    assert list_days(free_team) == [f"{day} 1000" for day in days[:-1]]


def test_a_year_over_the_29th_of_february_and_smaller_months_after_it(free_team, subscribe, turn):
    turn("2044-02-29")
    subscribe(free_team, "premium", "year")
    change_subscription(team=free_team, plan="standard", interval="month")
    assert read_stripes_period(free_team) == ("2044-02-29", "2045-02-28")

    for day in ("2044-03-29", "2045-01-29"):
        turn(day, 15)
        assert (read_period(free_team)[0], stand(free_team)) == (day, ("premium", "current"))
    turn("2045-02-28", 15)
    assert stand(free_team) == ("standard", "current")
    assert read_period(free_team) == read_stripes_period(free_team)
    assert list_days(free_team)[-1] == "2045-02-28 1000"
    assert len(list_days(free_team)) == 13


def test_transfers_by_the_month_from_the_31st(free_team, turn, run_jobs):
    def tend(day: str) -> tuple[str, str]:
        turn(day, 15)
        tend_accounts()
        run_jobs()
        return stand(free_team)

    turn("2044-01-31")
    row = start_manual(team=free_team, plan_version=get_plan_version("standard"), interval="month", price_cents=19_900,
                       period=(noon("2044-01-31"), noon("2044-02-29")))  # fmt: skip
    assert tend("2044-02-29") == ("standard", "grace")
    extend_manual(subscription_id=row.pk, until=noon("2044-03-31"))
    assert (stand(free_team), read_period(free_team)) == (("standard", "current"), ("2044-02-29", "2044-03-31"))
    end_manual(subscription_id=row.pk, at_once=False)

    assert tend("2044-03-31") == ("free", "current")
    assert list_days(free_team) == ["2044-01-31 1000", "2044-02-29 1000"]
