"""Every table is where it belongs, and no constraint crosses the wall."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import connection, models

MODELS = [
    model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
]
TEAM_MODELS = [model for model in MODELS if model._meta.app_config.name in settings.TENANT_APPS]
PUBLIC_MODELS = [model for model in MODELS if model not in TEAM_MODELS]

# Tables that both have: Django's own record of what was applied.
EVERYWHERE = {"django_migrations"}

# Public tables with rows of one team each: reached only through the door or by jobs.
TEAM_ROWS = {
    "teams.Domain",
    "teams.Membership",
    "teams.TeamRollup",
    "teams.ShareLink",
    "jobs.Job",
    "jobs.IdempotencyRecord",
    "billing.BillingAccount",
    "billing.SubscriptionChange",
    "system.AuditEntry",
    "system.LedgerAudit",
    "system.SupportRequest",
}


def label(model) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def named(some) -> list[object]:
    return [pytest.param(model, id=label(model)) for model in some]


def list_tables(schema: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return {row[0] for row in cursor.fetchall()}


def references(model) -> list[models.ForeignKey]:
    return [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]


def test_public_holds_exactly_the_public_tables(db):
    assert list_tables("public") == {model._meta.db_table for model in PUBLIC_MODELS} | EVERYWHERE


def test_a_team_holds_exactly_the_team_tables(team):
    assert list_tables(team.schema_name) == {model._meta.db_table for model in TEAM_MODELS} | EVERYWHERE


def test_every_schema_in_stock_is_like_a_teams(team):
    from apps.teams.models import ReadySchema
    from apps.teams.services.schemas import describe_schema

    shapes = {tuple(describe_schema(ready.schema_name)) for ready in ReadySchema.objects.all()}
    assert shapes == {tuple(describe_schema(team.schema_name))}


def test_no_constraint_of_the_database_crosses_the_wall(team):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conname FROM pg_constraint c JOIN pg_class own ON own.oid = c.conrelid"
            " JOIN pg_class other ON other.oid = c.confrelid"
            " WHERE c.contype = 'f' AND own.relnamespace <> other.relnamespace"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("model", named(TEAM_MODELS))
def test_references_to_public_rows_are_loose(model):
    """Real constraints into public from hundreds of schemas make the deletion of one user run out of lock memory."""
    for field in references(model):
        if field.related_model in PUBLIC_MODELS:
            remote = field.remote_field
            found = (field.db_constraint, remote.on_delete, remote.related_name)
            assert found == (False, models.DO_NOTHING, "+"), field.name


@pytest.mark.parametrize("model", named(PUBLIC_MODELS))
def test_public_tables_never_point_into_a_team(model):
    assert [field.name for field in references(model) if field.related_model in TEAM_MODELS] == []


@pytest.mark.parametrize("model", named(TEAM_MODELS))
def test_team_tables_need_no_content_types(model):
    """Their ids would have to agree between schemas."""
    assert [field for field in model._meta.private_fields if isinstance(field, GenericForeignKey)] == []


def test_public_tables_with_rows_of_one_team_are_known():
    """A new one is added here on purpose, together with a test that its rows are asked for by team.

    Apps below the teams know a team by its number alone.
    """
    from apps.teams.models import Team

    own = [model for model in PUBLIC_MODELS if model._meta.app_config.name.startswith("apps.")]
    found = {
        label(model)
        for model in own
        if any(field.related_model is Team for field in references(model))
        or "team_id" in {field.attname for field in model._meta.concrete_fields}
    }

    assert found == TEAM_ROWS
