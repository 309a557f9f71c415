"""The billing cycle: what ends, what is carried over, what comes; on time, late, twice, unpaid."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.credits.models import Entry, Grant, Wallet
from apps.credits.selectors import compute_balance, quote
from apps.credits.services import bring_up_to_date, capture_hold, ensure_period, hold_credits, release_hold
from apps.credits.tasks import open_periods
from apps.jobs.models import Job
from apps.teams.access import enter_team
from apps.teams.models import Team

from .conftest import change_plan, give, switch_plan
from .laws import assert_laws

START = datetime(2027, 1, 31, 9, 30, tzinfo=UTC)


@pytest.fixture
def begun(team, clock, in_team) -> Team:
    """A team whose first period begins at `START`, now: 1,000 credits a month, of which 400 may be carried over."""
    clock.tell(START)
    Team.objects.filter(pk=team.pk).update(billing_anchor_at=START)
    change_plan(team, monthly_credits=1000, rollover_credits_max=400)
    bring_up_to_date()
    return team


def list_grants() -> list[tuple]:
    return list(Grant.objects.order_by("id").values_list("source_key", "amount", "remaining"))


def list_kinds() -> list[tuple]:
    return list(Entry.objects.order_by("seq").values_list("kind", "amount"))


def test_leftovers_are_carried_over_up_to_the_maximum_for_one_period(begun, clock):
    clock.tell(datetime(2027, 2, 28, 9, 30, tzinfo=UTC))
    bring_up_to_date()

    assert list_grants() == [
        ("plan:2027-01-31T09:30:00Z", 1000, 0),
        ("rollover:2027-02-28T09:30:00Z", 400, 400),
        ("plan:2027-02-28T09:30:00Z", 1000, 1000),
    ]
    assert list_kinds() == [("grant", 1000), ("rollover", -400), ("grant", 400), ("expire", -600), ("grant", 1000)]
    clock.tell(datetime(2027, 3, 31, 9, 30, tzinfo=UTC))
    bring_up_to_date()
    assert compute_balance()["available"] == 1400
    assert [row for row in list_grants() if row[2]] == [
        ("rollover:2027-03-31T09:30:00Z", 400, 400),
        ("plan:2027-03-31T09:30:00Z", 1000, 1000),
    ]
    assert_laws()


def test_a_second_before_the_end_nothing_is_due(begun, clock):
    clock.tell(datetime(2027, 2, 28, 9, 29, 59, tzinfo=UTC))

    assert not bring_up_to_date()
    assert compute_balance()["available"] == 1000


def test_what_is_spent_first_is_what_ends_first(begun, clock, owner):
    clock.tell(datetime(2027, 3, 1, tzinfo=UTC))
    give(100)
    hold_credits(action="advanced_search", units=10 + 30, key="s", member=owner)
    capture_hold(key="s")

    left = {key.split(":")[0]: remaining for key, _, remaining in list_grants() if remaining}

    assert left == {"plan": 950, "test": 100}


@pytest.mark.parametrize("late", [0, 1, 2, 5])
def test_every_missed_month_is_made_up_for_in_order(begun, clock, late):
    """The same ledger, whether the beat came each month or all at once."""
    days = [datetime(2027, month, day, 10, tzinfo=UTC) for month, day in [(2, 28), (3, 31), (4, 30), (5, 31), (6, 30)]]
    for day in days[: 5 - late]:
        clock.tell(day)
        bring_up_to_date()
    clock.tell(days[-1])
    quoted = compute_balance()

    bring_up_to_date()

    assert list_grants()[0] == ("plan:2027-01-31T09:30:00Z", 1000, 0)
    assert [key for key, _, _ in list_grants()] == [
        "plan:2027-01-31T09:30:00Z",
        *(f"{kind}:2027-{day}T09:30:00Z" for day in ("02-28", "03-31", "04-30", "05-31", "06-30")
          for kind in ("rollover", "plan")),
    ]  # fmt: skip
    assert quoted == compute_balance()
    assert quoted["available"] == 1400
    assert [amount for kind, amount in list_kinds() if kind == "rollover"] == [-400] * 5
    assert sum(amount for kind, amount in list_kinds() if kind == "expire") == -(600 * 5 + 400 * 4)
    assert not bring_up_to_date()
    assert_laws()


def test_what_is_on_hold_at_the_end_is_given_back_for_a_day(begun, clock, owner):
    job = Job.objects.create(kind="discovery.search", team=begun, state="running")
    hold_credits(action="advanced_search", units=20, key="s", member=owner, job_id=job.pk)
    clock.tell(datetime(2027, 2, 28, 12, tzinfo=UTC))
    bring_up_to_date()
    assert compute_balance() == {"balance": 1550, "held": 150, "available": 1400, "unit": "credits"}

    release_hold(key="s")

    returned = Grant.objects.get(origin="refund")
    assert (returned.amount, returned.expires_at) == (150, clock.now + timedelta(hours=24))
    assert compute_balance()["available"] == 1550
    clock.wait(hours=24)
    bring_up_to_date()
    assert compute_balance()["available"] == 1400
    assert_laws()


@pytest.mark.parametrize(
    ("state", "paid_until", "granted"),
    [
        ("current", None, True),
        ("current", datetime(2027, 2, 28, 9, 30, 1, tzinfo=UTC), True),
        ("current", datetime(2027, 2, 28, 9, 30, tzinfo=UTC), False),
        ("grace", datetime(2027, 2, 28, 9, 30, tzinfo=UTC), True),
        ("read_only", datetime(2027, 2, 28, 9, 30, tzinfo=UTC), False),
        ("read_only", None, False),
    ],
)
def test_a_period_brings_credits_only_while_it_is_paid_or_in_grace(begun, clock, state, paid_until, granted):
    Team.objects.filter(pk=begun.pk).update(billing_state=state, paid_until=paid_until)
    clock.tell(datetime(2027, 3, 1, tzinfo=UTC))

    bring_up_to_date()

    assert Grant.objects.filter(source_key="plan:2027-02-28T09:30:00Z").exists() is granted
    assert Grant.objects.filter(source_key="rollover:2027-02-28T09:30:00Z").exists()


def test_free_teams_need_no_payment(free_team, clock):
    change_plan(free_team, monthly_credits=10)
    Team.objects.filter(pk=free_team.pk).update(paid_until=clock.now - timedelta(days=90))

    ensure_period(free_team)

    with enter_team(free_team):
        assert compute_balance()["available"] == 10


def test_a_period_that_went_by_unpaid_brings_nothing_afterwards(begun, clock):
    Team.objects.filter(pk=begun.pk).update(billing_state="read_only", paid_until=START)
    clock.tell(datetime(2027, 4, 1, tzinfo=UTC))
    bring_up_to_date()
    Team.objects.filter(pk=begun.pk).update(billing_state="current", paid_until=datetime(2027, 5, 1, tzinfo=UTC))

    bring_up_to_date()

    assert [key for key, _, _ in list_grants() if key.startswith("plan")] == [
        "plan:2027-01-31T09:30:00Z",
        "plan:2027-03-31T09:30:00Z",
    ]
    assert_laws()


def test_a_quote_sees_the_month_that_nobody_opened_yet(begun, clock, owner):
    clock.tell(datetime(2027, 3, 1, tzinfo=UTC))

    assert compute_balance() == {"balance": 1400, "held": 0, "available": 1400, "unit": "credits"}
    assert quote(action="discovery_pagination", units=145)["allowed"]
    assert not quote(action="discovery_pagination", units=146)["allowed"]
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Apia"])
def test_a_change_of_clocks_neither_shortens_nor_repeats_a_period(begun, clock, zone):
    Team.objects.filter(pk=begun.pk).update(time_zone=zone)
    for day in range(1, 400):
        clock.tell(START + timedelta(days=day))
        bring_up_to_date()

    starts = [key for key, _, _ in list_grants() if key.startswith("plan")]
    assert len(starts) == len(set(starts)) == 14
    assert_laws()


def test_the_29th_of_february_and_back(team, clock, in_team):
    start = datetime(2028, 2, 29, tzinfo=UTC)
    clock.tell(start)
    Team.objects.filter(pk=team.pk).update(billing_anchor_at=start)
    bring_up_to_date()

    clock.tell(datetime(2029, 3, 1, tzinfo=UTC))
    bring_up_to_date()

    starts = [key[5:15] for key, _, _ in list_grants() if key.startswith("plan")]
    assert starts == [
        "2028-02-29", "2028-03-29", "2028-04-29", "2028-05-29", "2028-06-29", "2028-07-29", "2028-08-29",
        "2028-09-29", "2028-10-29", "2028-11-29", "2028-12-29", "2029-01-29", "2029-02-28",
    ]  # fmt: skip


def test_the_beat_comes_once_a_period_and_sees_no_schema(begun, clock, run_jobs, django_assert_num_queries):
    """A team says in public when its next period begins; the beat asks for nothing else."""
    assert Team.objects.get(pk=begun.pk).next_period_at == datetime(2027, 2, 28, 9, 30, tzinfo=UTC)
    Team.objects.filter(pk=begun.pk).update(next_period_at=clock.now - timedelta(days=40 * 365))
    clock.tell(datetime(2027, 3, 1, tzinfo=UTC))
    with django_assert_num_queries(1):
        assert open_periods.apply().get() == 1
    run_jobs()

    assert Grant.objects.filter(source_key="plan:2027-02-28T09:30:00Z").exists()
    assert Team.objects.get(pk=begun.pk).next_period_at == datetime(2027, 3, 31, 9, 30, tzinfo=UTC)


def test_a_wallet_that_stands_still_is_written_once_a_period(team, clock, in_team):
    switch_plan(team, "free")
    assert bring_up_to_date()
    assert not bring_up_to_date()

    clock.wait(days=31)

    assert bring_up_to_date()
    assert Wallet.objects.get().period_start > clock.now - timedelta(days=31)
    assert Entry.objects.count() == 0
