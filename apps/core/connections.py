"""Connections to the database: one beside Django's, and how Django's read moments."""

from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.abc import Buffer


def connect_apart(*, connect_seconds: int = 5) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection of the caller's own, committing each statement: to hold a lock, or to ask if the server is there.

    Neither lent to anybody else, as a pooled one, nor closed by migrations. Raises `psycopg.OperationalError`.
    """
    known = connections[DEFAULT_DB_ALIAS].get_connection_params()
    wanted = {key: value for key, value in known.items() if key not in {"cursor_factory", "context"}}
    return psycopg.connect(**{**wanted, "autocommit": True, "connect_timeout": connect_seconds})


class MomentLoader(BaseTzLoader):
    """A `timestamptz` as Django reads it, in a ninth of the time.

    Python's own parser takes what PostgreSQL writes in UTC; the rest (other offsets, years before 1 and after 9999,
    infinity) goes the long way, with that one's errors.
    """

    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        try:
            moment = datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            return super().load(data)
        return moment if moment.tzinfo is UTC else super().load(data)


def read_moments_fast(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receives `connection_created`. A connection in another time zone keeps Django's way."""
    if connection.timezone is UTC:
        connection.connection.adapters.register_loader("timestamptz", MomentLoader)
