"""Connections to the database beside Django's."""

from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections


def connect_apart(*, connect_seconds: int = 5) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection of the caller's own, committing each statement: to hold a lock, or to ask if the server is there.

    Neither lent to anybody else, as a pooled one, nor closed by migrations. Raises `psycopg.OperationalError`.
    """
    known = connections[DEFAULT_DB_ALIAS].get_connection_params()
    wanted = {key: value for key, value in known.items() if key not in {"cursor_factory", "context"}}
    return psycopg.connect(**{**wanted, "autocommit": True, "connect_timeout": connect_seconds})
