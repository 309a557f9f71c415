"""Why two forms of django-tenants 4.0.1 are banned: both hand a team to another thread. The form we use does not.

When one of the canaries fails, the library has changed and the ban can go.
"""

import threading

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from apps.teams.access import enter_team

pytestmark = pytest.mark.usefixtures("committed_db")


def where_two_threads_end(first_team, second_team, first, second) -> tuple[str, str]:
    """A, in the first team, enters another; B, in the second, enters too and is still inside when A leaves."""
    a_inside, b_inside, a_left = threading.Event(), threading.Event(), threading.Event()
    ends = {}

    def run_a():
        connection.set_tenant(first_team)
        first(lambda: (a_inside.set(), b_inside.wait(10)))
        ends["a"] = connection.schema_name
        a_left.set()
        connection.close()

    def run_b():
        a_inside.wait(10)
        connection.set_tenant(second_team)
        second(lambda: (b_inside.set(), a_left.wait(10)))
        ends["b"] = connection.schema_name
        connection.close()

    threads = [threading.Thread(target=run_a), threading.Thread(target=run_b)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return ends["a"], ends["b"]


def test_the_door_returns_each_thread_to_where_it_was(team, other_team, free_team):
    def visit(wait):
        with enter_team(free_team):
            wait()

    ends = where_two_threads_end(team, other_team, visit, visit)

    assert ends == (team.schema_name, other_team.schema_name)


def test_canary_with_team_swaps_threads(team, other_team, free_team):
    def visit(wait):
        with free_team:
            wait()

    ends = where_two_threads_end(team, other_team, visit, visit)

    assert ends == (other_team.schema_name, team.schema_name)


def test_canary_the_decorator_leaves_a_thread_in_another_team(team, other_team, free_team):
    @schema_context(free_team.schema_name)
    def visit(wait):
        wait()

    ends = where_two_threads_end(team, other_team, visit, visit)

    assert ends != (team.schema_name, other_team.schema_name)
