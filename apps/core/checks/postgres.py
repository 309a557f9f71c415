"""Run by `manage.py check --database default` and before every migration (DESIGN section 5)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

MINIMUM_VERSION = 150_000
EXTENSIONS = ("vector", "pg_trgm")
MINIMUM_LOCKS = 512


@register(Tags.database)
def check_postgres(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Version, extensions and lock memory of each PostgreSQL among `databases`."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor == "postgresql":
            found += _check_one(alias)
    return found


def _check_one(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('max_locks_per_transaction')::int"
        )
        version, locks = cursor.fetchone()
        cursor.execute("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)])
        available = {name for (name,) in cursor.fetchall()}
    return judge_server(alias=alias, version=version, locks=locks, available=available)


def judge_server(*, alias: str, version: int, locks: int, available: set[str]) -> list[CheckMessage]:
    """What is wrong with such a server, each with what to do about it."""
    found: list[CheckMessage] = []
    if version < MINIMUM_VERSION:
        message = f"Database {alias!r} is PostgreSQL {version // 10_000}."
        found.append(Error(message, hint="PostgreSQL 15 or newer is needed.", id="core.E001"))
    for name in EXTENSIONS:
        if name not in available:
            message = f"Database {alias!r} has no extension {name!r}."
            found.append(Error(message, hint="Install it on the server (package pgvector, contrib).", id="core.E002"))
    if locks < MINIMUM_LOCKS:
        message = f"Database {alias!r} has max_locks_per_transaction = {locks}."
        hint = f"Set it to {MINIMUM_LOCKS} or more: removing a team drops all its tables in one transaction."
        found.append(Error(message, hint=hint, id="core.E003"))
    return found
