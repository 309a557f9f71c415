"""Moments from the database: read by Python's own parser, the same as Django's."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader

from apps.core.connections import MomentLoader


class UsualLoader(BaseTzLoader):
    timezone = UTC


WRITTEN = [
    b"2026-02-28 23:59:59.999999+00",
    b"2024-02-29 00:00:00+00",
    b"2026-11-29 10:49:00.1+00",
    b"2026-11-29 10:49:00.12345+00",
    b"0001-01-01 00:00:00+00",
    b"9999-12-31 23:59:59+00",
    b"2026-11-29 10:49:00+05:30",
    b"1890-01-01 00:00:00+00:53:28",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_it_reads_as_django_does(written):
    read, usual = (loader(0).load(memoryview(written)) for loader in (MomentLoader, UsualLoader))

    assert (read, read.tzinfo) == (usual, UTC)


@pytest.mark.parametrize(
    "written", [b"infinity", b"-infinity", b"0044-03-15 12:00:00+00 BC", b"12026-01-01 00:00:00+00"]
)
def test_what_python_has_no_moment_for_is_refused_as_before(written):
    with pytest.raises(psycopg.DataError, match="timestamp too"):
        MomentLoader(0).load(written)


def test_djangos_connections_read_by_it(db):
    born = datetime(2026, 3, 29, 1, 30, 0, 5, UTC)

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [born])
        assert cursor.fetchone() == (born,)
        assert cursor.cursor.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, 0) is MomentLoader


def test_a_connection_in_another_zone_keeps_djangos_way(db):
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'Asia/Kolkata'")
        cursor.execute("SELECT '2026-11-29 10:00+00'::timestamptz")
        (read,) = cursor.fetchone()

    assert read == datetime(2026, 11, 29, 15, 30, tzinfo=UTC), "Django takes the session's clock for its own zone"
