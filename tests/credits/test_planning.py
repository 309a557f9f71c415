"""Changing the plan, the billing days and whether it is paid, with the books in order before and after."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from apps.credits.models import Entry, Grant, UsageCounter
from apps.credits.selectors import compute_balance, get_balance
from apps.credits.services import bring_up_to_date, capture_hold, change_plan, hold_credits, set_standing
from apps.plans.selectors import get_plan_version
from apps.teams.access import enter_team
from apps.teams.models import Team
from apps.teams.selectors import list_standing

from .laws import assert_laws

START = datetime(2027, 4, 1, tzinfo=UTC)  # April has 30 days
HALF = datetime(2027, 4, 16, tzinfo=UTC)


@pytest.fixture
def standard(team, clock, in_team) -> Team:
    """Standard since the first of April, which is now."""
    clock.tell(START)
    Team.objects.filter(pk=team.pk).update(billing_anchor_at=START)
    bring_up_to_date()
    return team


def change(code: str, key: str = "sub_1:v2", **more) -> None:
    change_plan(plan_version=get_plan_version(code), key=key, **more)


def get_plan(team: Team) -> str:
    return Team.objects.get(pk=team.pk).plan_version.plan.code


def sum_available() -> int:
    return compute_balance()["available"]


@pytest.mark.parametrize(
    ("moment", "more"),
    [
        (START, 4000),
        (HALF, 2000),
        (HALF + timedelta(seconds=1), 1999),
        (datetime(2027, 4, 30, 23, 59, 59, 999_999, tzinfo=UTC), 0),
    ],
)
def test_an_upgrade_brings_the_difference_for_the_time_left(standard, clock, moment, more):
    clock.tell(moment)

    change("premium")
    change("premium")

    assert get_plan(standard) == "premium"
    assert sum_available() == 1000 + more
    assert {grant.expires_at for grant in Grant.objects.all()} == {datetime(2027, 5, 1, tzinfo=UTC)}
    assert_laws()


def test_used_counters_stay(standard, clock, owner):
    hold_credits(action="influencer_unlock", units=7, key="u", member=owner)
    capture_hold(key="u")
    clock.tell(HALF)

    change("premium")
    hold_credits(action="influencer_unlock", units=1, key="v", member=owner)

    assert UsageCounter.objects.get().allowance_units == 8


def test_a_downgrade_takes_nothing_back(standard, clock):
    change("premium")
    before = sum_available()
    clock.tell(HALF)

    change("standard", key="sub_1:v3")

    assert (get_plan(standard), sum_available()) == ("standard", before)
    clock.tell(datetime(2027, 5, 1, tzinfo=UTC))
    assert sum_available() == 1000 + 1000  # carried over up to the plan's thousand, and the new month


def test_going_up_and_down_never_brings_more_than_one_month(standard, clock):
    for number in range(4):
        clock.wait(days=1)
        change("premium", key=f"up:{number}")
        change("standard", key=f"down:{number}")

    assert sum_available() == 5000
    assert_laws()


def test_the_difference_comes_once_per_key_even_after_other_changes(standard, clock):
    change("premium", key="a")
    clock.tell(HALF)
    change("free", key="b")

    change("premium", key="a")

    assert get_plan(standard) == "premium"
    assert Grant.objects.filter(source_key="upgrade:a").count() == 1
    assert sum_available() == 5000


def test_from_free_on_new_days_the_whole_month_comes(free_team, clock):
    with enter_team(free_team):
        Team.objects.filter(pk=free_team.pk).update(billing_anchor_at=START)
        clock.tell(HALF)
        hold_credits(action="influencer_unlock", units=5, key="u", member=free_team.owner)
        for _ in range(2):
            change("standard", anchor_at=HALF)
            set_standing(state="current", paid_until=datetime(2027, 5, 16, tzinfo=UTC))

        grant = Grant.objects.get()
        assert (grant.source_key, grant.amount) == ("plan:2027-04-16T00:00:00Z", 1000)
        assert grant.expires_at == datetime(2027, 5, 16, tzinfo=UTC)
        assert Team.objects.get(pk=free_team.pk).next_period_at == datetime(2027, 5, 16, tzinfo=UTC)
        hold_credits(action="influencer_unlock", units=500, key="v", member=free_team.owner)
        assert compute_balance()["available"] == 1000
        assert_laws()


def test_from_free_within_the_period_the_rest_of_the_month_comes(free_team, clock):
    with enter_team(free_team):
        Team.objects.filter(pk=free_team.pk).update(billing_anchor_at=START)
        clock.tell(HALF)
        change("standard")
        bring_up_to_date()

        assert sum_available() == 500
        clock.tell(datetime(2027, 5, 1, tzinfo=UTC))
        assert sum_available() == 1500


def test_days_in_the_future_begin_now(standard, clock):
    clock.tell(HALF)

    change("premium", anchor_at=HALF + timedelta(hours=1))

    assert Team.objects.get(pk=standard.pk).billing_anchor_at == HALF
    assert [grant.source_key for grant in Grant.objects.filter(amount=5000)] == ["plan:2027-04-16T00:00:00Z"]


def test_the_same_days_by_another_anchor_are_no_new_period(standard, clock):
    """Stripe names each month's own beginning."""
    clock.tell(datetime(2027, 6, 3, tzinfo=UTC))

    change("standard", anchor_at=datetime(2027, 6, 1, tzinfo=UTC))
    change("standard", anchor_at=datetime(2027, 6, 1, tzinfo=UTC))

    assert [grant.source_key for grant in Grant.objects.filter(origin="plan")] == [
        "plan:2027-04-01T00:00:00Z",
        "plan:2027-05-01T00:00:00Z",
        "plan:2027-06-01T00:00:00Z",
    ]
    assert sum_available() == 2000


def test_missed_months_are_closed_on_the_old_terms(standard, clock):
    clock.tell(datetime(2027, 7, 16, 12, tzinfo=UTC))

    change("premium")

    amounts = list(Grant.objects.order_by("id").values_list("origin", "amount"))
    assert amounts == [
        ("plan", 1000), ("rollover", 1000), ("plan", 1000), ("rollover", 1000), ("plan", 1000), ("rollover", 1000),
        ("plan", 1000), ("plan", 2000),
    ]  # fmt: skip
    assert_laws()


def test_an_unpaid_month_comes_when_it_is_paid_and_once(standard, clock):
    set_standing(state="current", paid_until=datetime(2027, 5, 1, tzinfo=UTC))
    clock.tell(datetime(2027, 5, 1, 1, tzinfo=UTC))
    bring_up_to_date()
    assert not Grant.objects.filter(source_key__startswith="plan:2027-05").exists()

    set_standing(state="grace", paid_until=datetime(2027, 5, 1, tzinfo=UTC))
    set_standing(state="current", paid_until=datetime(2027, 6, 1, tzinfo=UTC))

    assert Grant.objects.filter(source_key__startswith="plan:2027-05").count() == 1
    team = Team.objects.get(pk=standard.pk)
    assert (team.billing_state, team.paid_until) == ("current", datetime(2027, 6, 1, tzinfo=UTC))


def test_an_upgrade_of_a_month_that_waits_for_its_payment(standard, clock):
    """Not the difference first and the old month later, but the new plan's month once."""
    set_standing(state="current", paid_until=datetime(2027, 5, 1, tzinfo=UTC))
    clock.tell(datetime(2027, 5, 10, tzinfo=UTC))
    change("premium")
    assert sum_available() == 1000

    set_standing(state="current", paid_until=datetime(2027, 6, 1, tzinfo=UTC))

    assert sum_available() == 6000


def test_pages_and_the_door_see_the_change_at_once(standard, owner):
    assert get_balance()["balance"] == 1000
    assert list_standing(owner.pk)[0].team.plan_version.plan.code == "standard"

    change("premium")
    set_standing(state="grace", paid_until=None)

    standing = list_standing(owner.pk)[0].team
    assert (standing.plan_version.plan.code, standing.billing_state) == ("premium", "grace")


def test_a_plan_that_is_there_already_changes_nothing(standard):
    before = Entry.objects.count()

    change("standard")

    assert Entry.objects.count() == before
    assert connection.schema_name == standard.schema_name
