"""Taking protections away, for canaries: a part of a function's source, or a unique key of the database."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

Drop = Callable[[str], None]
_FIND = """
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid),
       c.conname, pg_get_constraintdef(c.oid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u'
WHERE i.indisunique AND i.indrelid = %s::regclass
  AND (i.indexrelid::regclass::text = %s OR ARRAY(SELECT attname::text FROM pg_attribute
       WHERE attrelid = i.indrelid AND attnum = ANY(i.indkey)) IN (ARRAY[%s], ARRAY[%s]))
"""


def take_away(
    monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], *texts: str | tuple[str, str], **names: Any
) -> None:
    """Run a function without these texts of its source (or with another in their place), whoever imported it.

    Its decorators stay. `names` are known to the new source besides what its module knows.
    """
    bare = inspect.unwrap(function)
    source = textwrap.dedent(inspect.getsource(bare))
    for text in texts:
        old, new = (text, "") if isinstance(text, str) else text
        assert old in source, f"{bare.__qualname__} has no {old!r}"
        source = source.replace(old, new)
    tree = ast.parse(source)
    tree.body[0].decorator_list = []  # type: ignore[attr-defined]
    for name, value in names.items():
        monkeypatch.setitem(bare.__globals__, name, value)
    made: dict[str, Any] = {}
    exec(compile(tree, bare.__code__.co_filename, "exec"), bare.__globals__, made)
    monkeypatch.setattr(bare, "__code__", made[bare.__name__].__code__)


@pytest.fixture
def drop_key(worker_database, committed_db) -> Iterator[Drop]:
    """`drop_key("table.column")` or `drop_key("table/constraint")` in the public schema; it is back after the test."""
    back: list[str] = []

    def drop(key: str) -> None:
        back.append(drop_unique(key))

    yield drop
    if not back:
        return
    worker_database.renew()  # rows that the key forbids go before it comes back
    with connection.cursor() as cursor:
        for statement in back:
            cursor.execute(statement)
    connection.close()


def drop_unique(key: str) -> str:
    """Drop a unique key of the current schema; returns the statement that makes it anew."""
    table, _, rest = key.partition(".") if "." in key else key.partition("/")
    with connection.cursor() as cursor:
        # Inside a transaction, what is to be checked at its end stands in the way.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_FIND, [table, rest, rest, f"{rest}_id"])
        ((index, owner, index_definition, constraint, definition),) = cursor.fetchall()
        if constraint is None:
            cursor.execute(f"DROP INDEX {index}")
            return index_definition
        cursor.execute(f'ALTER TABLE {owner} DROP CONSTRAINT "{constraint}"')
        return f'ALTER TABLE {owner} ADD CONSTRAINT "{constraint}" {definition}'
