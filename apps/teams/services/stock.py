"""The stock of ready schemas: a new team gets one by rename instead of running migrations."""

import structlog
from django.db import connection, transaction

from apps.teams.models import ReadySchema, SchemaTemplate, make_ready_name, make_schema_name

from .building import create_schema_by_migrations
from .schemas import (
    drop_schema,
    fingerprint_migrations,
    rename_schema,
    replay_schema,
)
from .templates import find_template

logger = structlog.get_logger(__name__)

_LOCK = 7_201  # one refiller at a time


def take_schema() -> str:
    """Make a team's schema in the caller's transaction: a ready one renamed, or else a new one; return its name."""
    name = make_schema_name()
    ready = ReadySchema.objects.select_for_update(skip_locked=True).filter(fingerprint=fingerprint_migrations()).first()
    if ready is None:
        logger.info("teams.stock_empty")
        _build(name, find_template())
        return name
    rename_schema(ready.schema_name, new=name)
    ready.delete()
    return name


def refill_stock(*, wanted: int) -> int:
    """Make ready schemas until `wanted` are there; return how many were made. Safe to run twice at once."""
    template = find_template()
    made = 0
    while _add_one(wanted, template):
        made += 1
    return made


def drop_stale_stock() -> int:
    """Drop the ready schemas of other migrations than the present ones; return how many."""
    stale = list(ReadySchema.objects.exclude(fingerprint=fingerprint_migrations()))
    for ready in stale:
        with transaction.atomic():
            locked = ReadySchema.objects.select_for_update(skip_locked=True).filter(pk=ready.pk).first()
            if locked:
                drop_schema(locked.schema_name)
                locked.delete()
    return len(stale)


@transaction.atomic
def _add_one(wanted: int, template: SchemaTemplate | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if ReadySchema.objects.filter(fingerprint=fingerprint_migrations()).count() >= wanted:
        return False
    name = make_ready_name()
    _build(name, template)
    ReadySchema.objects.create(schema_name=name, fingerprint=fingerprint_migrations())
    return True


def _build(name: str, template: SchemaTemplate | None) -> None:
    if template and template.ddl:
        replay_schema(name, ddl=template.ddl)
    else:
        create_schema_by_migrations(name)
