"""The stock of ready schemas, and the recording they are made from."""

import pytest
from django.db import connection

from apps.teams.models import ReadySchema, SchemaTemplate
from apps.teams.services import create_team, drop_stale_stock, ensure_template, refill_stock
from apps.teams.services.schemas import (
    describe_schema,
    fingerprint_migrations,
    list_applied_migrations,
    quote_schema,
)
from apps.teams.tasks import refill_stock as refill_task
from tests.concurrency.racing import race
from tests.teams.reference import migrate_by_django


def exists(schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = %s)", [schema])
        return cursor.fetchone()[0]


def test_a_replayed_schema_is_what_migrations_make(committed_db):
    """Shape, applied migrations and identity columns: the recording adds and loses nothing."""
    migrated = "t_" + "e" * 20
    migrate_by_django(migrated)

    for ready in ReadySchema.objects.all():
        assert describe_schema(ready.schema_name) == describe_schema(migrated)
        assert list_applied_migrations(ready.schema_name) == list_applied_migrations(migrated)


def test_a_team_works_in_a_schema_from_the_stock_and_in_a_replayed_one(any_db, make_user):
    from apps.credits.models import Wallet
    from apps.teams.access import enter_team

    stocked = create_team(name="Stocked", owner=make_user())
    ReadySchema.objects.all().delete()
    replayed = create_team(name="Replayed", owner=make_user())

    for team in (stocked, replayed):
        with enter_team(team):
            assert list(Wallet.objects.all()) == []


def test_refilling_stops_at_what_is_wanted(db):
    ready = ReadySchema.objects.count()

    assert refill_stock(wanted=ready + 2) == 2
    assert refill_stock(wanted=ready + 2) == 0
    assert refill_stock(wanted=1) == 0
    assert ReadySchema.objects.filter(fingerprint=fingerprint_migrations()).count() == ready + 2


def test_refillers_at_once_do_not_overdo_it(committed_db):
    ready = ReadySchema.objects.count()

    outcomes = race(4, lambda number: refill_stock(wanted=ready + 3))

    assert outcomes.errors == []
    assert sum(outcomes) == 3


def test_the_beat_keeps_the_stock(db, settings, run_jobs):
    settings.TEAM_STOCK = ReadySchema.objects.count() + 1

    refill_task.delay()

    assert run_jobs() == ["teams.refill_stock"]
    assert ReadySchema.objects.count() == settings.TEAM_STOCK


def test_schemas_of_another_release_are_dropped_and_never_handed_out(db, make_user):
    stale = ReadySchema.objects.first()
    ReadySchema.objects.exclude(pk=stale.pk).delete()
    ReadySchema.objects.update(fingerprint="of yesterday")

    create_team(name="Today", owner=make_user())
    assert ReadySchema.objects.get() == stale

    assert drop_stale_stock() == 1
    assert not exists(stale.schema_name)
    assert ReadySchema.objects.count() == 0


def test_a_new_release_makes_a_template_and_the_first_of_the_stock(committed_db):
    SchemaTemplate.objects.all().delete()
    before = ReadySchema.objects.count()

    template = ensure_template()

    assert template.ddl
    assert ReadySchema.objects.filter(fingerprint=template.fingerprint).count() == before + 2
    assert len({tuple(describe_schema(ready.schema_name)) for ready in ReadySchema.objects.all()}) == 1


def test_the_template_is_made_once(db, django_assert_num_queries):
    ensure_template()

    with django_assert_num_queries(1):
        template = ensure_template()

    assert SchemaTemplate.objects.get() == template
    assert "CREATE TABLE" in template.ddl
    assert "t_" not in {word.split(".")[0].strip('"')[:2] for word in template.ddl.split() if "." in word}


@pytest.mark.parametrize(
    "name", ["public", "t_1; DROP SCHEMA public", 't_"', "T_" + "0" * 20, "t_" + "0" * 19 + "\n", ""]
)
def test_only_generated_names_become_sql(name):
    with pytest.raises(ValueError, match="not a generated schema name"):
        quote_schema(name)
