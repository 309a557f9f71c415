"""What the operator's statistics know of wallets equals a recount from the wallets' own rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.billing.selectors import get_revenue
from apps.credits.models import Grant
from apps.credits.selectors.rollups import CREDITS_OUTSTANDING, count_wallet
from apps.credits.services import capture_hold, grant_credits, hold_credits
from apps.credits.tasks import roll_up_wallets
from apps.teams.access import enter_team
from apps.teams.models import Team, TeamRollup
from apps.teams.selectors import get_month_day

THIS = get_month_day(datetime.now(UTC))


def give(team: Team, amount: int, *, unit: str = "credits", days: int | None = None) -> None:
    with enter_team(team):
        expires_at = timezone.now() + timedelta(days=days) if days else None
        grant_credits(
            amount=amount, unit=unit, origin="adjustment", source_key=f"{unit}:{amount}", expires_at=expires_at
        )


def spend(team: Team, units: int) -> None:
    with enter_team(team):
        for step in ("held", "spent"):
            key = f"{step}:{units}"
            hold_credits(action="discovery_pagination", units=units, key=key, member=team.owner)
        capture_hold(key=key)


def recount(team: Team) -> dict[str, int]:
    with enter_team(team), connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit, SUM(remaining) FROM credits_grant"
            " WHERE expires_at IS NULL OR expires_at > now() GROUP BY unit"
        )
        return {unit: int(left) for unit, left in cursor.fetchall()}


def stored(metric: str, team: Team) -> dict[str, int]:
    return dict(TeamRollup.objects.filter(metric=metric, team=team, month=THIS).values_list("unit", "value"))


@pytest.fixture
def used(team, other_team):
    give(team, 300, unit="email_unlock")
    give(team, 70, days=1)
    spend(team, 12)
    give(other_team, 11)
    return team


def test_what_is_outstanding_over_all_teams(used, other_team, run_jobs):
    assert roll_up_wallets() == 2
    run_jobs()

    mine, theirs = recount(used), recount(other_team)
    assert stored(CREDITS_OUTSTANDING, used) == mine
    assert mine == {"credits": 1_000 + 70 - 120, "email_unlock": 300}
    outstanding = {one.unit: one.now for one in get_revenue().outstanding}
    assert outstanding == {"credits": mine["credits"] + theirs["credits"], "email_unlock": 300}
    assert get_revenue().outstanding_counted_at is not None


def test_what_was_used(used, run_jobs):
    roll_up_wallets()
    run_jobs()

    with enter_team(used), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action, SUM(units), -SUM(amount) FROM credits_entry WHERE kind = 'capture' AND unit = 'credits'"
            " GROUP BY action"
        )
        ((action, units, credits),) = cursor.fetchall()
    assert stored("usage_units", used) == {action: int(units)} == {"discovery_pagination": 12}
    assert stored("usage_credits", used) == {action: int(credits)}


def test_an_earlier_month_is_counted_from_the_ledger_alone(used):
    """As if next month had come: what ends before then is nobody's, what ends later is there."""
    ends_at = datetime(THIS.year + THIS.month // 12, THIS.month % 12 + 1, 1, tzinfo=UTC)
    with enter_team(used):
        grant_credits(amount=9, origin="adjustment", source_key="just", expires_at=ends_at)
        grant_credits(amount=8, origin="adjustment", source_key="after", expires_at=ends_at + timedelta(seconds=1))
        figures = count_wallet(since=THIS, now=ends_at + timedelta(days=3))
        kept = [g for g in Grant.objects.all() if g.expires_at is None or g.expires_at > ends_at]
        left = {unit: sum(g.remaining for g in kept if g.unit == unit) for unit in ("credits", "email_unlock")}
        assert sum(g.remaining for g in Grant.objects.all() if g.unit == "credits") > left["credits"]

    counted = {unit: value for (month, metric, unit), value in figures.items()
               if month == THIS and metric == CREDITS_OUTSTANDING}  # fmt: skip
    assert counted == left


def test_counted_twice_and_wholly_it_is_the_same(used, run_jobs):
    roll_up_wallets()
    run_jobs()
    once = list(TeamRollup.objects.order_by("pk").values_list("team", "month", "metric", "unit", "value"))

    roll_up_wallets(everything=True)
    run_jobs()

    assert list(TeamRollup.objects.order_by("pk").values_list("team", "month", "metric", "unit", "value")) == once


def test_a_suspended_team_keeps_what_was_counted_and_an_archived_one_has_nothing(used, other_team, run_jobs):
    roll_up_wallets()
    run_jobs()
    before = get_revenue().outstanding[0].now
    Team.objects.filter(pk=other_team.pk).update(state="suspended")
    assert roll_up_wallets() == 1
    run_jobs()
    assert get_revenue().outstanding[0].now == before

    Team.objects.filter(pk=other_team.pk).update(state="archived")

    assert get_revenue().outstanding[0].now == recount(used)["credits"]
