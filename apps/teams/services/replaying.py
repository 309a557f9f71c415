"""What a schema lacks, and the SQL that gives it to every schema that lacks the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.migrations import Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from .schemas import is_team_app, quote_schema

_SCHEMAS_PER_QUERY = 200

Key = tuple[str, str]


@dataclass(frozen=True)
class Plan:
    """The migrations that a schema lacks, in order."""

    missing: tuple[Key, ...]

    def is_pending(self, applied: Iterable[Key]) -> bool:
        """False once somebody else has begun it."""
        return not set(self.missing) & set(applied)


class Planner:
    """Knows the migrations on disk, as they are when it is made."""

    def __init__(self) -> None:
        self.loader = MigrationLoader(None)
        self.in_order = self._list_in_order()
        # Those of public apps first: they never depend on a team's, and models are rendered once.
        self.migrations = sorted(self.in_order, key=is_team_migration)

    def find_plans(self, schemas: list[str]) -> dict[str, Plan]:
        """What each schema that is behind lacks; up-to-date schemas are not in the answer. Cost: a query per 200."""
        wanted = [(migration.app_label, migration.name) for migration in self.in_order]
        plans = {}
        for start in range(0, len(schemas), _SCHEMAS_PER_QUERY):
            for schema, applied in _read_applied(schemas[start : start + _SCHEMAS_PER_QUERY]).items():
                missing = tuple(key for key in wanted if ".".join(key) not in applied)
                if missing:
                    plans[schema] = Plan(missing)
        return plans

    def is_replayable(self, plan: Plan) -> bool:
        """Whether all of it is plain SQL in a team's schema (migrations of public apps do nothing there)."""
        found = [self.loader.disk_migrations[key] for key in plan.missing]
        return not any(migration.replaces for migration in found) and all(
            is_plain_sql(migration) for migration in found if is_team_migration(migration)
        )

    def _list_in_order(self) -> list[Migration]:
        """All migrations, in the order in which Django itself applies them."""
        graph = self.loader.graph
        keys: dict[Key, None] = {}
        for leaf in sorted(graph.leaf_nodes()):
            keys.update(dict.fromkeys(graph.forwards_plan(leaf)))
        return [graph.nodes[key] for key in keys]


def migrate_empty_schema(planner: Planner) -> None:
    """Give the current schema all migrations: those of the team apps run, the others are recorded.

    `migrate_schemas` does the same and runs the others too, to no effect, at ten times the cost.
    """
    state = ProjectState(real_apps=planner.loader.unmigrated_apps)
    for migration in planner.migrations:
        if is_team_migration(migration):
            with connection.schema_editor(atomic=migration.atomic) as editor:
                state = migration.apply(state, editor)
        else:
            state = migration.mutate_state(state, preserve=False)
    record_applied((migration.app_label, migration.name) for migration in planner.in_order)


def record_applied(keys: Iterable[Key]) -> None:
    """Write the rows of `django_migrations` in the current schema."""
    labels, names = zip(*keys, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " SELECT label, name, clock_timestamp() FROM unnest(%s::text[], %s::text[]) AS applied (label, name)",
            [list(labels), list(names)],
        )


class Replay:
    """The SQL of a plan: written while the first schema gets it, then run as text on the others."""

    def __init__(self, plan: Plan, planner: Planner) -> None:
        self.plan = plan
        self.planner = planner
        self._sql: str | None = None

    def apply(self) -> None:
        """Bring the current schema to the plan's end, inside the caller's transaction."""
        if self._sql is None:
            self._sql = "\n".join(self._apply_first())
        elif self._sql:
            _execute(self._sql)
        record_applied(self.plan.missing)

    def _apply_first(self) -> Iterator[str]:
        """Write each migration's SQL and run it at once, since the next one may look at what it made."""
        state = ProjectState(real_apps=self.planner.loader.unmigrated_apps)
        missing = set(self.plan.missing)
        for migration in self.planner.migrations:
            if (migration.app_label, migration.name) in missing and is_team_migration(migration):
                with connection.schema_editor(collect_sql=True, atomic=True) as editor:
                    state = migration.apply(state, editor, collect_sql=True)
                sql = "\n".join(line for line in editor.collected_sql if not line.startswith("--"))
                if sql:
                    _execute(sql)
                    yield sql
            else:
                state = migration.mutate_state(state, preserve=False)


def is_plain_sql(migration: Migration) -> bool:
    """Whether the migration's SQL is the same text for every schema and fits into one transaction."""
    return bool(migration.atomic) and all(_is_plain(operation) for operation in migration.operations)


def _is_plain(operation: Operation) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return all(_is_plain(inner) for inner in operation.database_operations)
    return bool(operation.reduces_to_sql) and not isinstance(operation, RunPython)


def is_team_migration(migration: Migration) -> bool:
    return is_team_app(apps.get_app_config(migration.app_label))


def _read_applied(schemas: list[str]) -> dict[str, set[str]]:
    """The applied migrations of each schema; one without the table, or without the schema, has applied nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname FROM pg_tables WHERE tablename = 'django_migrations' AND schemaname = ANY(%s)", [schemas]
        )
        selects = [
            f"SELECT '{schema}', array_agg(app || '.' || name) FROM {quote_schema(schema)}.django_migrations"  # noqa: S608
            for (schema,) in cursor.fetchall()
        ]
        applied: dict[str, set[str]] = {schema: set() for schema in schemas}
        if selects:
            cursor.execute(" UNION ALL ".join(selects))
            applied |= {schema: set(names or []) for schema, names in cursor.fetchall()}
    return applied


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
