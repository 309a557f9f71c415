"""A task runs in the team that called it, or fails."""

import pytest
from celery import shared_task
from celery.contrib.testing.worker import start_worker
from django.db import connection, connections, transaction

from apps.core.tasks import PublicTask
from apps.teams.access import enter_team
from apps.teams.errors import TeamRequired
from apps.teams.models import Team
from apps.teams.services import set_state
from config.celery import app
from tests.teams.door_urls import where

RAN: list[tuple[str, str]] = []


@shared_task(name="tests.note")
def note(label: str) -> None:
    RAN.append((label, where()))


@shared_task(name="tests.note_in_public", base=PublicTask)
def note_in_public(label: str) -> None:
    RAN.append((label, where()))


@shared_task(name="tests.note_again", bind=True, max_retries=1)
def note_again(self, label: str) -> None:
    RAN.append((label, where()))
    if self.request.retries == 0:
        raise self.retry(countdown=0)


@shared_task(name="tests.break_in_team")
def break_in_team() -> None:
    RAN.append(("broken", where()))
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def nothing_ran():
    RAN.clear()


def test_a_task_runs_in_the_team_that_called_it(team, other_team, run_jobs):
    with enter_team(team):
        note.delay("first")
    with enter_team(other_team):
        note.delay("second")

    assert run_jobs() == ["tests.note", "tests.note"]
    assert [("first", team.schema_name), ("second", other_team.schema_name)] == RAN
    assert connection.schema_name == "public"


def test_a_call_on_commit_is_of_the_team_of_the_call_not_of_the_commit(team, other_team, run_jobs):
    with transaction.atomic():
        with enter_team(team):
            note.delay_on_commit("called in the first")
        connection.set_tenant(other_team)
    connection.set_schema_to_public()

    run_jobs()

    assert [("called in the first", team.schema_name)] == RAN


def test_a_retry_stays_in_its_team(team, run_jobs):
    with enter_team(team):
        note_again.delay("twice")

    run_jobs()

    assert [("twice", team.schema_name)] * 2 == RAN


def test_outside_of_a_team_only_public_tasks_can_be_called(team, run_jobs):
    with pytest.raises(TeamRequired):
        note.delay("nowhere")
    with pytest.raises(TeamRequired):
        note.delay_on_commit("nowhere")
    note_in_public.delay("outside")
    with enter_team(team):
        note_in_public.delay("called in a team")

    run_jobs()

    assert RAN == [("outside", "public"), ("called in a team", "public")]


@pytest.mark.parametrize("state", [Team.State.SUSPENDED, Team.State.ARCHIVED])
def test_the_task_of_a_closed_team_never_runs(team, run_jobs, state):
    with enter_team(team):
        note.delay("closed")
    set_state(team=team, state=state)

    run_jobs()

    assert RAN == []


def test_the_task_of_a_deleted_team_never_runs(team, run_jobs):
    with enter_team(team):
        note.delay("gone")
    team.memberships.all().delete()
    Team.objects.filter(pk=team.pk).delete()

    run_jobs()

    assert RAN == []


def test_a_message_without_a_team_fails_instead_of_running_in_public(run_jobs, any_db):
    app.send_task("tests.note", ["no header"])

    run_jobs()

    assert RAN == []


def test_a_real_worker_goes_from_team_to_team_and_ends_outside(committed_db, team, other_team):
    """One worker thread, a task that breaks between two teams' tasks, then a public one."""
    with enter_team(team):
        note.delay("first")
        break_in_team.delay()
    with enter_team(other_team):
        note.delay("second")
    note_in_public.delay("last")
    # At its start a worker closes the sockets of open connections, as if it had been forked off with them.
    connections.close_all()

    with start_worker(app, pool="solo", perform_ping_check=False, queues=["default"], loglevel="critical"):
        _wait_for(4)

    assert [
        ("first", team.schema_name),
        ("broken", team.schema_name),
        ("second", other_team.schema_name),
        ("last", "public"),
    ] == RAN


def _wait_for(number: int) -> None:
    import time

    deadline = time.monotonic() + 30
    while len(RAN) < number and time.monotonic() < deadline:
        time.sleep(0.05)
