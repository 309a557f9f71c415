"""Making a schema from the migrations themselves."""

from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import schema_context

from apps.teams.connection import connection

from .replaying import Planner, migrate_empty_schema
from .schemas import create_empty_schema


def create_schema_by_migrations(name: str) -> None:
    """The slow way (a second or more): run the migrations. Used once for each fingerprint, to record the fast way."""
    create_empty_schema(name)
    with schema_context(name):
        # Without public in the path, so that Django's record of what is applied is made here and not found there.
        connection.set_schema(name, include_public=False)
        MigrationRecorder(connection).ensure_schema()
        connection.set_schema(name)
        migrate_empty_schema(Planner())
