"""A transaction of two round trips: everything or nothing of it is kept, as with `atomic` alone."""

from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core.trips import Statement, Trips, ask, open_transaction

pytestmark = pytest.mark.usefixtures("notes")
NUMBER = ask(lambda rows: rows[0][0], Statement("SELECT %s::int", [7]))


@pytest.fixture
def notes(committed_db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE trip_note (word text PRIMARY KEY)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE trip_note")


def note(word: str) -> Statement:
    return Statement("INSERT INTO trip_note VALUES (%s)", [word])


def list_words() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM trip_note ORDER BY word")
        return [row[0] for row in cursor.fetchall()]


def test_it_takes_two_messages_and_is_committed_by_the_second():
    heard: list[str] = []
    with CaptureQueriesContext(connection) as sent, open_transaction(NUMBER, NUMBER) as (trips, answers):
        transaction.on_commit(lambda: heard.append("committed"))
        assert raw_state() == psycopg.pq.TransactionStatus.INTRANS
        trips.finish([note("a"), note("b")])
        assert raw_state() == psycopg.pq.TransactionStatus.IDLE
        assert heard == [], "what waits for the commit runs when the block is left"

    notes_of_atomic = {"BEGIN", "COMMIT"}  # Django writes them down whether or not anything is sent
    assert [query["sql"] for query in sent if query["sql"] not in notes_of_atomic] == [
        "BEGIN;SELECT 7::int;SELECT 7::int",
        "INSERT INTO trip_note VALUES ('a');INSERT INTO trip_note VALUES ('b');COMMIT",
    ]
    assert (answers, heard, list_words()) == ([7, 7], ["committed"], ["a", "b"])


def test_an_exception_undoes_what_trips_and_models_wrote():
    heard: list[str] = []

    with suppress(KeyError), open_transaction(NUMBER) as (trips, _):
        transaction.on_commit(lambda: heard.append("committed"))
        trips.write([note("trip")])
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO trip_note VALUES ('model')")
        raise KeyError

    assert (list_words(), heard) == ([], [])


def test_a_last_message_that_fails_half_way_keeps_nothing():
    with pytest.raises(DatabaseError, match="duplicate key"), open_transaction(NUMBER) as (trips, _):
        trips.finish([note("a"), note("a")])

    assert list_words() == []
    assert_usual()


def test_a_first_message_that_fails_leaves_a_clean_connection():
    broken = ask(list, Statement("SELECT 1 / 0"))

    with pytest.raises(DatabaseError, match="division by zero"), open_transaction(broken):
        pytest.fail("the block was entered")

    assert_usual()


def test_without_a_word_at_the_end_it_is_committed_all_the_same():
    with open_transaction(NUMBER) as (trips, _):
        trips.write([note("a")])
        trips.finish([])

    assert list_words() == ["a"]
    assert_usual()


def test_inside_a_transaction_the_caller_decides():
    with suppress(KeyError), transaction.atomic():
        with open_transaction(NUMBER) as (trips, _):
            trips.finish([note("a")])
        assert raw_state() == psycopg.pq.TransactionStatus.INTRANS
        raise KeyError
    assert list_words() == []

    with transaction.atomic():
        with open_transaction(NUMBER) as (trips, _):
            trips.finish([note("kept")])
        fail_inside()
    assert list_words() == ["kept"]


def test_a_connection_that_dies_between_the_messages_keeps_nothing():
    with suppress(DatabaseError), open_transaction(NUMBER) as (trips, _):
        end_backend(trips)
        trips.finish([note("a")])
        pytest.fail("the message found somebody")

    assert list_words() == []
    assert_usual()


def fail_inside() -> None:
    """A savepoint of the trips is undone, and the caller's transaction goes on."""
    with suppress(KeyError), open_transaction(NUMBER) as (trips, _):
        trips.write([note("undone")])
        raise KeyError


def end_backend(trips: Trips) -> None:
    with psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [trips.cursor.connection.info.backend_pid])


def raw_state() -> Any:
    return connection.connection.info.transaction_status


def assert_usual() -> None:
    """The connection commits each statement by itself again, and `atomic` begins and undoes as always."""
    connection.ensure_connection()
    assert (connection.get_autocommit(), connection.connection.autocommit) == (True, True)
    with suppress(KeyError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO trip_note VALUES ('later')")
        assert raw_state() == psycopg.pq.TransactionStatus.INTRANS
        raise KeyError
    assert "later" not in list_words()
