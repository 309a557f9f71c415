"""What a fresh test database holds, kept so that it can be put back after a test that committed.

Cloning the template again would do as well, but takes seconds on a busy disk; putting a few rows back takes a blink.
"""

import psycopg
from psycopg import sql

_GUARDED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal AND tgtype & 8 > 0  -- on DELETE
"""
_READY = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'ready_')"


class Seeds:
    """The rows of every table of the public schema as the migrations left them."""

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg.connect(url) as database:
            self.rows = {table: _copy_out(database, table) for table in _list_filled(database)}

    def put_back(self) -> None:
        """Empty what is filled and load the seeds, in one transaction: foreign keys are checked at its end only.

        Schemas of teams stay behind as orphans until the database goes; ready ones that were taken are taken off the
        stock's list.
        """
        with psycopg.connect(self.url, options="-c lock_timeout=10s") as database:
            guarded = _list_guarded(database)
            _switch_guards(database, guarded, on=False)
            for table in _list_filled(database):
                database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("public", table)))
            for table, content in self.rows.items():
                _copy_in(database, table, content)
            _switch_guards(database, guarded, on=True)
            database.execute(f"DELETE FROM public.teams_readyschema WHERE schema_name NOT IN ({_READY})")


def _list_filled(database: psycopg.Connection) -> list[str]:
    tables = [row[0] for row in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    checks = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(table, sql.Identifier("public", table))
        for table in tables
    ]
    return [row[0] for row in database.execute(sql.SQL(" UNION ALL ").join(checks))]


def _list_guarded(database: psycopg.Connection) -> list[str]:
    """Filled tables whose own triggers refuse that rows go."""
    filled = set(_list_filled(database))
    return [row[0] for row in database.execute(_GUARDED) if row[0] in filled]


def _switch_guards(database: psycopg.Connection, tables: list[str], *, on: bool) -> None:
    for table in tables:
        switch = sql.SQL("ENABLE" if on else "DISABLE")
        database.execute(sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(sql.Identifier("public", table), switch))


def _copy_out(database: psycopg.Connection, table: str) -> bytes:
    with database.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier("public", table))) as copy:
        return b"".join(copy)


def _copy_in(database: psycopg.Connection, table: str, content: bytes) -> None:
    with database.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier("public", table))) as copy:
        copy.write(content)
