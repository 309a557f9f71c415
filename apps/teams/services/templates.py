"""The recording of a migrated schema, from which new ones are made in a fraction of a second.

Not pg_dump: it may be absent or older than a given server. The statements of one real run of the migrations are
recorded instead; they name no schema, so they replay in any. A recording counts only after its replay was compared
with what the migrations made.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.db import connection
from psycopg import ClientCursor

from apps.teams.models import ReadySchema, SchemaTemplate, make_ready_name

from .building import create_schema_by_migrations
from .schemas import (
    describe_schema,
    drop_schema,
    fingerprint_migrations,
    list_applied_migrations,
    replay_schema,
)

logger = structlog.get_logger(__name__)

_KEPT_TEMPLATES = 3
_NOT_RECORDED = re.compile(
    r"\s*(SELECT|SHOW|SAVEPOINT|RELEASE|ROLLBACK|SET search_path|CREATE SCHEMA)\b", re.IGNORECASE
)


def find_template() -> SchemaTemplate | None:
    """The recording of the present migrations, or None before `ensure_template` ran for them."""
    return SchemaTemplate.objects.filter(fingerprint=fingerprint_migrations()).first()


def ensure_template() -> SchemaTemplate:
    """Return the recording of the present migrations, making it first where it is missing (seconds, once a release).

    The two schemas this makes go into the stock. Recordings of older releases stay for processes still running them.
    """
    if template := find_template():
        return template
    migrated, replayed = make_ready_name(), make_ready_name()
    with _recording() as statements:
        create_schema_by_migrations(migrated)
    ddl = ";\n".join(statement.rstrip().rstrip(";") for statement in statements)
    template = SchemaTemplate(
        fingerprint=fingerprint_migrations(), ddl=ddl if _replays(ddl, migrated, replayed) else ""
    )
    template.save()
    ReadySchema.objects.create(schema_name=migrated, fingerprint=template.fingerprint)
    if template.ddl:
        ReadySchema.objects.create(schema_name=replayed, fingerprint=template.fingerprint)
    _forget_old_templates()
    return template


def _replays(ddl: str, migrated: str, replayed: str) -> bool:
    """Whether the replay gives what the migrations gave; if not, new schemas are made by migrations (and a warning)."""
    replay_schema(replayed, ddl=ddl)
    same_shape = describe_schema(migrated) == describe_schema(replayed)
    if same_shape and list_applied_migrations(migrated) == list_applied_migrations(replayed):
        return True
    logger.warning("teams.template_differs", fingerprint=fingerprint_migrations())
    drop_schema(replayed)
    return False


@contextmanager
def _recording() -> Iterator[list[str]]:
    statements: list[str] = []

    def record(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        text = str(sql)
        if not _NOT_RECORDED.match(text):
            statements.extend(_with_values(text, one) for one in (params if many else [params]))
        return result

    with connection.execute_wrapper(record):
        yield statements


def _with_values(sql: str, params: Any) -> str:
    if params is None:
        return sql
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, params)


def _forget_old_templates() -> None:
    kept = SchemaTemplate.objects.order_by("-id").values_list("id", flat=True)[:_KEPT_TEMPLATES]
    SchemaTemplate.objects.exclude(id__in=list(kept)).delete()
