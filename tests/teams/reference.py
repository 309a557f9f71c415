"""The measure of what a team's schema must look like."""

from django.core.management import call_command

from apps.teams.services.schemas import create_empty_schema


def migrate_by_django(schema: str) -> None:
    """Let django-tenants' own command make the schema, every migration of every app in turn."""
    create_empty_schema(schema)
    call_command("migrate_schemas", schema_name=schema, tenant=True, interactive=False, verbosity=0)
