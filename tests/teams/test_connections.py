"""Pooled connections come back clean, and a switch of teams always reaches the database."""

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from psycopg_pool import ConnectionPool

from apps.teams.access import enter_team
from tests.teams.door_urls import where

pytestmark = pytest.mark.usefixtures("committed_db")


def path_of(raw) -> str:
    return raw.execute("SHOW search_path").fetchone()[0]


def take_and_leave(pool: ConnectionPool, schema: str) -> None:
    """What a request in a team leaves on a connection that it gives back."""
    raw = pool.getconn()
    raw.execute(f"SET search_path = {schema}, public")
    raw.commit()
    pool.putconn(raw)


def make_pool(**options) -> ConnectionPool:
    return ConnectionPool(kwargs=connection.get_connection_params(), min_size=1, max_size=1, open=True, **options)


def test_a_returned_connection_has_forgotten_the_team(team):
    with make_pool(reset=connection.settings_dict["OPTIONS"]["pool"]["reset"]) as pool:
        take_and_leave(pool, team.schema_name)

        with pool.connection() as raw:
            assert path_of(raw) == "public"


def test_canary_without_the_hook_the_next_borrower_is_in_the_team(team):
    with make_pool() as pool:
        take_and_leave(pool, team.schema_name)

        with pool.connection() as raw:
            assert path_of(raw) == f"{team.schema_name}, public"


def test_the_products_own_pool_has_the_hook(team):
    with enter_team(team):
        assert where() == team.schema_name
        backend = connection.connection.info.backend_pid
        connection.close()

    borrowed = [connection.pool.getconn()]
    while backend not in {raw.info.backend_pid for raw in borrowed}:
        borrowed.append(connection.pool.getconn())
    paths = {raw.info.backend_pid: path_of(raw) for raw in borrowed}
    for raw in borrowed:
        connection.pool.putconn(raw)

    assert paths[backend] == "public"


def test_a_connection_that_the_server_closed_while_it_was_idle_is_replaced():
    """In a pool like the product's own: the process's pool serves the tests that follow."""
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
    with make_pool(check=ConnectionPool.check_connection) as pool:
        with pool.connection() as raw:
            idle = raw.info.backend_pid
        with psycopg.connect(**{**connection.get_connection_params(), "autocommit": True}) as operator:
            operator.execute("SELECT pg_terminate_backend(%s, 10000)", [idle])

        with pool.connection() as raw:
            assert path_of(raw)
            assert raw.info.backend_pid != idle


def test_the_team_survives_a_lost_connection(team):
    """Python remembers the team over a reconnect; only the door forgets it."""
    with enter_team(team):
        connection.close()
        assert where() == team.schema_name
    assert where() == "public"


def test_an_undone_savepoint_does_not_leave_the_path_of_before(team, other_team):
    """PostgreSQL undoes a SET with its savepoint; the next statement must say it again."""
    with enter_team(team), transaction.atomic():
        assert where() == team.schema_name
        with pytest.raises(DatabaseError), enter_team(other_team), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM no_such_table")
        assert where() == team.schema_name
        with enter_team(other_team):
            assert where() == other_team.schema_name
        assert where() == team.schema_name
    assert where() == "public"


def test_entering_inside_a_transaction_that_is_undone(team):
    with pytest.raises(ZeroDivisionError, match=team.schema_name), transaction.atomic(), enter_team(team):
        raise ZeroDivisionError(where())

    assert where() == "public"
    with enter_team(team):
        assert where() == team.schema_name


def test_nested_teams_return_to_the_outer_one(team, other_team):
    with enter_team(team):
        with enter_team(other_team):
            assert where() == other_team.schema_name
        assert where() == team.schema_name
    assert where() == "public"


def test_one_switch_costs_one_statement(team, django_assert_num_queries):
    connections.close_all()
    with enter_team(team), django_assert_num_queries(4):
        for _ in range(3):
            where()
