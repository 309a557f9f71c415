"""What the beat does for wallets, through the real queue."""

from datetime import timedelta

from django.utils import timezone

from apps.credits.models import Grant, Hold
from apps.credits.selectors import compute_balance
from apps.credits.services import hold_credits
from apps.credits.tasks import open_periods, sweep_holds
from apps.jobs.models import Job
from apps.teams.access import enter_team
from apps.teams.models import Team

from .conftest import change_plan, give


def count_grants(team: Team) -> int:
    with enter_team(team):
        return Grant.objects.filter(origin="plan").count()


def test_periods_are_opened_for_the_teams_whose_day_has_come(team, other_team, run_jobs):
    Team.objects.filter(pk=other_team.pk).update(next_period_at=timezone.now() + timedelta(minutes=1))

    assert open_periods.apply().get() == 1
    assert run_jobs().count("credits.tend_wallet") == 1
    assert (count_grants(team), count_grants(other_team)) == (1, 0)

    assert open_periods.apply().get() == 0


def test_a_wallet_that_was_opened_by_somebody_is_not_asked_for_again(team):
    with enter_team(team):
        give(5)

    assert open_periods.apply().get() == 0


def test_a_beat_that_comes_twice_changes_nothing(team, run_jobs):
    for _ in range(2):
        open_periods.apply()
    run_jobs()
    open_periods.apply()
    run_jobs()

    assert count_grants(team) == 1


def test_suspended_teams_are_left_alone(team, run_jobs):
    team.state = Team.State.SUSPENDED
    team.save(update_fields=["state"])

    assert open_periods.apply().get() == 0


def test_what_failed_jobs_held_is_swept(team, other_team, run_jobs):
    change_plan(team, allowances={}, monthly_credits=0)
    job = Job.objects.create(
        kind="discovery.unlock", team=team, state="failed", finished_at=timezone.now(), end_heard_at=timezone.now()
    )
    with enter_team(team):
        give(25)
        hold_credits(action="influencer_unlock", key="u1", member=team.owner, job_id=job.pk)
        Hold.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert sweep_holds.apply().get() == 1
    run_jobs()

    with enter_team(team):
        assert compute_balance()["available"] == 25
