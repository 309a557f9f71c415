"""Several statements in one round trip, for the few paths where trips and the ORM's own work are most of the time.

The statements run in their order, each with a snapshot of its own: a SELECT after one that waited for a lock sees what
was committed meanwhile. They travel as one text, which Django's psycopg cursor (binding on the client's side) allows.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.models.base import ModelState

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Statement:
    """SQL with a `%s` for each value."""

    sql: str
    values: Sequence[Any] = ()


_BEGIN, _COMMIT = Statement("BEGIN"), Statement("COMMIT")


@dataclass(frozen=True)
class Ask(Generic[T]):
    """SELECTs, and how their rows are read: `read` gets a list of rows for each."""

    read: Callable[..., T]
    statements: Sequence[Statement]


def ask(read: Callable[..., T], *statements: Statement) -> Ask[T]:
    """A question of some SELECTs."""
    return Ask(read, statements)


class Trips:
    """Round trips over one cursor, for who goes more than once."""

    def __init__(self, cursor: Any, *, is_whole: bool = False) -> None:
        self.cursor = cursor
        self.is_whole = is_whole

    def ask(self, *asks: Ask[Any]) -> list[Any]:
        """What each question found, in one round trip."""
        self._send(_list_statements(asks))
        return self._read(asks)

    def begin(self, *asks: Ask[Any]) -> list[Any]:
        """`ask` as the first trip of a transaction: `BEGIN` travels along where the trips are the whole transaction."""
        if not self.is_whole:
            return self.ask(*asks)
        self._send([_BEGIN, *_list_statements(asks)])
        self.cursor.cursor.nextset()
        return self._read(asks)

    def write(self, statements: Sequence[Statement]) -> None:
        """Write all in order in one round trip."""
        if statements:
            self._send(statements)

    def finish(self, statements: Sequence[Statement]) -> None:
        """`write` as the last trip of a transaction: `COMMIT` travels along where the trips are the whole of it."""
        self.write([*statements, _COMMIT] if statements and self.is_whole else statements)

    def _send(self, statements: Sequence[Statement]) -> None:
        values = [value for statement in statements for value in statement.values]
        self.cursor.execute(";".join(statement.sql for statement in statements), values)

    def _read(self, asks: Sequence[Ask[Any]]) -> list[Any]:
        # All has arrived; psycopg's own cursor hands it over without Django's watch on each call.
        arrived = self.cursor.cursor
        found = [arrived.fetchall()]
        while arrived.nextset():
            found.append(arrived.fetchall())
        answers = iter(found)
        return [one.read(*islice(answers, len(one.statements))) for one in asks]


def _list_statements(asks: Iterable[Ask[Any]]) -> list[Statement]:
    return [statement for one in asks for statement in one.statements]


@contextmanager
def open_trips() -> Iterator[Trips]:
    """Round trips on the current connection."""
    with connection.cursor() as cursor:
        yield Trips(cursor)


@contextmanager
def open_transaction(*asks: Ask[Any]) -> Iterator[tuple[Trips, list[Any]]]:
    """A transaction, or a savepoint of the caller's, that begins with these questions: its trips and their answers.

    All of the block is kept or, on an exception, nothing; `finish` is its last word to the database. Two round trips do
    where `atomic` alone takes four: psycopg begins nothing by itself meanwhile, and finds nothing left to commit.
    `atomic` still counts the blocks, rolls back, and runs what waits for the commit.
    """
    is_whole = connection.get_autocommit()
    with transaction.atomic():
        if is_whole:
            connection.connection.autocommit = True
        with connection.cursor() as cursor:
            trips = Trips(cursor, is_whole=is_whole)
            yield trips, trips.begin(*asks)


def ask_together(*asks: Ask[Any]) -> list[Any]:
    """What each question found, in one round trip."""
    with open_trips() as trips:
        return trips.ask(*asks)


class Table(Generic[M]):
    """A model's table in SQL by hand: its columns, and its objects from rows and as rows."""

    def __init__(self, model: type[M]) -> None:
        self.model = model

    @cached_property
    def fields(self) -> "list[models.Field[Any, Any]]":
        return list(self.model._meta.concrete_fields)

    @cached_property
    def names(self) -> list[str]:
        return [field.attname for field in self.fields]

    @cached_property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def columns(self) -> str:
        """All columns, for a SELECT from the table alone or under its own name."""
        return ", ".join(f'{self.name}."{field.column}"' for field in self.fields)

    @cached_property
    def _documents(self) -> list[str]:
        return [field.attname for field in self.fields if isinstance(field, models.JSONField)]

    @cached_property
    def _constants(self) -> dict[str, Any]:
        """The defaults that are the same for every object."""
        return {field.attname: field.get_default() for field in self.fields if not _is_made(field)}

    @cached_property
    def _makers(self) -> list[tuple[str, Callable[[], Any]]]:
        """What makes the other defaults, an object's own each time."""
        return [(field.attname, field.get_default) for field in self.fields if _is_made(field)]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.names)

    @cached_property
    def _inserts(self) -> "dict[bool, tuple[str, list[tuple[str, str]]]]":
        """Without and with the key: the statement, and what stands under which name in a row's document."""
        return {with_key: self._make_insert(with_key=with_key) for with_key in (False, True)}

    def _make_insert(self, *, with_key: bool) -> tuple[str, list[tuple[str, str]]]:
        fields = [field for field in self.fields if with_key or not field.primary_key]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        given = f"SELECT {columns} FROM jsonb_populate_recordset(NULL::{self.name}, %s)"  # noqa: S608 - names of columns
        return f"INSERT INTO {self.name} ({columns}) {given}", [(str(one.column), one.attname) for one in fields]

    def select(self, rest: str, *values: Any, also: str = "") -> Statement:
        """All columns, and `also`, of the rows that the rest of the SELECT finds."""
        columns = f"{self.columns}, {also}" if also else self.columns
        return Statement(f"SELECT {columns} FROM {self.name} {rest}", values)  # noqa: S608 - names of columns

    def read(self, row: Row) -> M:
        """The object of a row that holds `columns`: `Model.from_db` without its signals, which nobody hears here."""
        one = self.model.__new__(self.model)
        one.__dict__.update(zip(self.names, row, strict=True))
        for name in self._documents:
            one.__dict__[name] = json.loads(one.__dict__[name])
        one._state = ModelState()
        one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS
        return one

    def new(self, **values: Any) -> M:
        """An object not stored yet, of these columns and the fields' defaults: `Model(…)` without what that does for
        relations and signals. Raises `TypeError` for a name that is no column."""
        if not values.keys() <= self._known:
            raise TypeError(f"{self.name} has no {', '.join(sorted(values.keys() - self._known))}")
        one = self.model.__new__(self.model)
        made = {name: make() for name, make in self._makers if name not in values}
        one.__dict__.update(self._constants | made | values)
        one._state = ModelState()
        return one

    def read_first(self, rows: list[Row]) -> M | None:
        return self.read(rows[0]) if rows else None

    def read_all(self, rows: list[Row]) -> list[M]:
        return [self.read(row) for row in rows]

    def insert(self, objects: Sequence[M], *, with_key: bool = False) -> list[Statement]:
        """Store new objects; `with_key`: under the keys that they carry already.

        They travel as one value: a text with many values is taken apart by psycopg anew each time.
        """
        if not objects:
            return []
        sql, parts = self._inserts[with_key]
        rows = [{column: getattr(one, name) for column, name in parts} for one in objects]
        return [Statement(sql, [json.dumps(rows, default=str)])]

    def update(self, objects: Iterable[M], names: Sequence[str]) -> list[Statement]:
        """Store these fields, none of them a document, of objects that are there; a statement for each object."""
        news = ", ".join(f'"{name}" = %s' for name in names)
        sql = f'UPDATE {self.name} SET {news} WHERE "{self.model._meta.pk.column}" = %s'  # noqa: S608
        return [Statement(sql, [*(getattr(one, name) for name in names), one.pk]) for one in objects]


def _is_made(field: "models.Field[Any, Any]") -> bool:
    """Whether each object gets a default of its own."""
    return field.has_default() and callable(field.default)
