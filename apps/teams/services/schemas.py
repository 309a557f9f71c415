"""PostgreSQL schemas as such: make, rename, drop, describe. Names are generated, never user input."""

import hashlib
import re
from functools import cache
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connection
from django_tenants.utils import schema_context

_GENERATED_NAME = re.compile(r"(t|ready)_[0-9a-f]{20}")
_SHAPE = """
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attidentity::text,
       coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND a.attnum > 0
   AND NOT a.attisdropped
UNION ALL
SELECT 'index', tablename, indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = %(schema)s
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text, '', ''
  FROM pg_constraint WHERE connamespace = %(schema)s::regnamespace
UNION ALL
SELECT 'trigger', c.relname, t.tgname, pg_get_triggerdef(t.oid), '', '', ''
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = %(schema)s::regnamespace AND NOT t.tgisinternal
UNION ALL
SELECT 'function', p.proname, '', pg_get_functiondef(p.oid), '', '', ''
  FROM pg_proc p WHERE p.pronamespace = %(schema)s::regnamespace AND p.prokind IN ('f', 'p')
"""


def is_team_app(config: AppConfig) -> bool:
    """Whether the app's tables live in every team's schema; it may be listed by its name or by its config's path."""
    path = f"{type(config).__module__}.{type(config).__qualname__}"
    return bool({config.name, path} & set(settings.TENANT_APPS))


@cache
def fingerprint_migrations() -> str:
    """Name the shape of a team's schema: every migration by name, those of the team apps by content too."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted((Path(config.path) / "migrations").glob("[0-9]*.py")):
            digest.update(f"{config.label}.{path.stem}\n".encode())
            if is_team_app(config):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def quote_schema(name: str) -> str:
    """Quote a generated name; anything else is refused, so that no text ever becomes SQL by way of a schema name."""
    if not _GENERATED_NAME.fullmatch(name):
        raise ValueError(f"not a generated schema name: {name!r}")
    return f'"{name}"'


def create_empty_schema(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {quote_schema(name)}")


def replay_schema(name: str, *, ddl: str) -> None:
    """The fast way: run the recorded statements of a migrated schema in a new one."""
    create_empty_schema(name)
    with schema_context(name), connection.cursor() as cursor:
        cursor.execute(ddl)


def rename_schema(old: str, *, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA {quote_schema(old)} RENAME TO {quote_schema(new)}")


def drop_schema(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {quote_schema(name)} CASCADE")


def describe_schema(name: str) -> list[str]:
    """List every column, index, constraint, trigger and function of a schema, the same for equal schemas."""
    with connection.cursor() as cursor:
        cursor.execute(_SHAPE, {"schema": name})
        rows = cursor.fetchall()
    return sorted(" ".join(row).replace(f"{name}.", "").replace(f'"{name}".', "") for row in rows)


def list_applied_migrations(name: str) -> list[tuple[str, str]]:
    """The migrations a schema says it has, in the order it got them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {quote_schema(name)}.django_migrations ORDER BY id")  # noqa: S608 quoted
        return [(app, migration) for app, migration in cursor.fetchall()]
