"""The race helper itself."""

import threading

from django.db import connection

from apps.accounts.models import User
from apps.teams.access import enter_team
from apps.teams.errors import FreeTeamExists
from apps.teams.models import Membership, Team
from apps.teams.services import create_team
from tests.concurrency.racing import race


def test_calls_run_at_once_on_connections_of_their_own(committed_db):
    together = threading.Barrier(8, timeout=20)

    def call(number: int) -> int:
        together.wait()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
            together.wait()
        return backend

    outcomes = race(8, call)

    assert outcomes.errors == []
    assert len(set(outcomes)) == 8


def test_what_a_call_raises_is_its_outcome(committed_db):
    outcomes = race(3, lambda number: 1 // number)

    assert outcomes.count(ZeroDivisionError) == 1
    assert outcomes.count(1) == 1
    assert outcomes.results == [1, 0]


def test_calls_run_in_the_callers_team(committed_db, team):
    with enter_team(team):
        outcomes = race(4, lambda number: connection.schema_name)

    assert outcomes.count(team.schema_name) == 4


def test_parallel_sign_ups_of_one_user_make_one_free_team(committed_db, make_user):
    user = make_user()

    outcomes = race(6, lambda number: create_team(name="Mine", owner=User.objects.get(pk=user.pk)))

    assert outcomes.count(FreeTeamExists) == 5
    assert Team.objects.count() == 1


def test_the_race_is_real_without_the_users_lock(committed_db, make_user, monkeypatch):
    """The canary: with the lock taken away and the racers held after the check, several Free teams come to be."""
    from apps.teams.services import creating

    user = make_user()
    checked = threading.Barrier(4, timeout=20)
    owns = creating.owns_free_team

    def check_and_wait(owner):
        answer = owns(owner)
        checked.wait()
        return answer

    monkeypatch.setattr(creating, "lock_user", lambda owner: None)
    monkeypatch.setattr(creating, "owns_free_team", check_and_wait)

    outcomes = race(4, lambda number: create_team(name=f"Mine {number}", owner=User.objects.get(pk=user.pk)))

    assert outcomes.errors == []
    assert Membership.objects.filter(user=user, role="owner").count() == 4


def test_parallel_teams_get_schemas_of_their_own(committed_db, make_user):
    """More teams than the stock holds: ready ones are handed out once, the rest is made on the spot."""
    users = [make_user(f"u{number}@example.com") for number in range(9)]

    outcomes = race(9, lambda number: create_team(name="Same name", owner=users[number]))

    assert outcomes.errors == []
    assert len({team.schema_name for team in outcomes}) == 9
    assert len({team.slug for team in outcomes}) == 9
