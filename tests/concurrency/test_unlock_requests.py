"""The whole request in parallel: keys, jobs and wallet together."""

import pytest
from rest_framework.test import APIClient

from apps.credits.models import Entry
from apps.discovery.models import Unlock
from apps.teams.access import enter_team
from tests.concurrency.racing import race
from tests.credits.conftest import change_plan
from tests.discovery.creators import build_creator

pytestmark = pytest.mark.concurrency
PATH = "/api/v1/instagram/profile/maya/unlock"


@pytest.fixture
def paying_team(committed_db, team, settings):
    settings.ENABLE_AI_ANALYSIS = False
    build_creator("maya")
    return change_plan(team, allowances={}, monthly_credits=250)


def post(team, key: str) -> tuple[int, str]:
    client = APIClient()
    client.force_login(team.owner)
    answer = client.post(PATH, {}, format="json", headers={"Idempotency-Key": key, "X-Team": team.slug})
    return answer.status_code, answer.headers.get("X-Credits-Charged", "")


def test_the_same_key_in_parallel_is_paid_once(paying_team):
    outcomes = race(16, lambda _: post(paying_team, "one-key"))

    assert outcomes.errors == []
    assert {status for status, _ in outcomes} <= {201, 409}
    assert (201, "25") in outcomes
    with enter_team(paying_team):
        assert Entry.objects.filter(kind=Entry.Kind.CAPTURE).count() == 1


def test_many_keys_in_parallel_are_paid_once(paying_team):
    outcomes = race(16, lambda n: post(paying_team, f"key-{n}"))

    assert outcomes.errors == []
    assert (outcomes.count((201, "25")), outcomes.count((200, "0"))) == (1, 15)
    with enter_team(paying_team):
        assert Unlock.objects.count() == 1
        assert list(Entry.objects.filter(kind=Entry.Kind.CAPTURE).values_list("amount", flat=True)) == [-25]
