"""Lists of creators that race with each other and with single unlocks: each creator is paid once."""

import pytest

from apps.credits.models import Entry
from apps.credits.selectors import compute_balance
from apps.discovery.models import Unlock
from apps.discovery.services.bulk import unlock_profiles
from apps.discovery.services.unlocking import unlock_profile
from apps.jobs.models import Job
from apps.jobs.services import run_job
from apps.teams.access import enter_team
from tests.concurrency.racing import race
from tests.credits.conftest import change_plan
from tests.credits.laws import assert_laws
from tests.discovery.creators import build_creator

pytestmark = pytest.mark.concurrency
NAMES = [f"creator{number}" for number in range(8)]


@pytest.fixture
def team_of_six(committed_db, team, settings):
    """150 credits and no allowance: six unlocks at 25."""
    settings.ENABLE_AI_ANALYSIS = False
    settings.JOB_TURN_SECONDS = 600
    for name in NAMES:
        build_creator(name)
    return change_plan(team, allowances={}, monthly_credits=150)


def test_lists_and_single_unlocks_pay_each_creator_once(team_of_six, owner):
    """Two lists in opposite order, three workers on each, and a member who clicks through the same creators."""
    team = team_of_six
    with enter_team(team):
        first = unlock_profiles(team=team, member=owner, texts=NAMES).job
        second = unlock_profiles(team=team, member=owner, texts=NAMES[:0:-1]).job

    def act(number: int) -> object:
        if number < 6:
            return run_job((first if number % 2 else second).pk)
        return unlock_profile(team=team, member=owner, username=NAMES[number - 6]).state

    outcomes = race(6 + len(NAMES), act, team=team)

    jobs = list(Job.objects.filter(pk__in=[first.pk, second.pk]))
    assert [job.state for job in jobs] == ["succeeded", "succeeded"]
    assert outcomes.count(True) == 2
    with enter_team(team):
        # Two that hold for the same creator tie up a price for a moment, for which a third may be refused.
        bought = Unlock.objects.count()
        assert 4 <= bought <= 6
        assert [entry.amount for entry in Entry.objects.filter(kind=Entry.Kind.CAPTURE)] == [-25] * bought
        left = 150 - 25 * bought
        assert compute_balance() == {"balance": left, "held": 0, "available": left, "unit": "credits"}
        assert_laws()
    assert {job.result["stopped"]["code"] for job in jobs if job.result["stopped"]} <= {"credits.insufficient"}
