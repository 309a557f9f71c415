"""Bringing teams up to date: right for every team, resumable, and honest about the one that fails."""

import importlib
import sys
import textwrap
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from apps.teams.access import enter_team
from apps.teams.models import ReadySchema, SchemaTemplate, Team
from apps.teams.services import Outcome, Way, migrate_teams, schemas, stock, templates
from apps.teams.services.schemas import describe_schema, list_applied_migrations
from tests.concurrency.racing import race
from tests.support.people import build_team
from tests.teams.reference import migrate_by_django

pytestmark = pytest.mark.usefixtures("committed_db")

BY_DJANGO = "t_" + "f" * 20
TABLE = """
migrations.CreateModel("Probe", [
    ("id", models.BigAutoField(primary_key=True)),
    ("label", models.CharField(max_length=20, unique=True)),
    ("size", models.IntegerField(default=0)),
])
"""
CHANGE = """
migrations.AlterField("Probe", "label", models.CharField(max_length=40)),
migrations.AddField("Probe", "note", models.TextField(default="50% off; 'quoted' \\u2028")),
migrations.AddIndex("Probe", models.Index(fields=["size", "label"], name="probe_size_idx")),
migrations.AddConstraint("Probe", models.CheckConstraint(condition=models.Q(size__gte=0), name="probe_size_positive")),
migrations.RunSQL("CREATE FUNCTION probe_noop() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$")
"""
UNIQUE = """
migrations.AddConstraint("Probe", models.UniqueConstraint(fields=["size"], name="probe_size_unique"))
"""
CODE = """
migrations.RunPython(lambda apps, editor: apps.get_model("credits", "Probe").objects.create(label="made", size=7))
"""


@pytest.fixture
def teams(committed_db) -> list[Team]:
    return [build_team(name=f"Team {number}", slug=f"team-{number}") for number in range(6)]


@pytest.fixture
def release(committed_db, tmp_path):
    """`release(*operations)`: the credits app gets one more migration for each text of operations.

    Everything is as before when the database is put back.
    """
    package = tmp_path / "released_migrations"
    package.mkdir()
    own = Path(apps.get_app_config("credits").path) / "migrations"
    for file in own.glob("*.py"):
        (package / file.name).write_text(file.read_text())

    def add(*operations: str) -> None:
        for text in operations:
            (leaf,) = MigrationLoader(None).graph.leaf_nodes("credits")
            number = len(list(package.glob("9*.py")))
            (package / f"9{number:03}_probe.py").write_text(
                "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
                f"    dependencies = [{leaf!r}]\n    operations = [\n{textwrap.indent(text.strip(), ' ' * 8)}\n    ]\n"
            )
            importlib.invalidate_caches()

    with pytest.MonkeyPatch.context() as patch, override_settings(MIGRATION_MODULES={"credits": "released_migrations"}):
        patch.syspath_prepend(str(tmp_path))
        for module in (schemas, stock, templates):
            patch.setattr(module, "fingerprint_migrations", lambda: f"released {len(list(package.glob('9*.py')))}")
        yield add
    for name in [name for name in sys.modules if name.startswith("released_migrations")]:
        del sys.modules[name]


def shapes(teams) -> list[list[str]]:
    return [describe_schema(team.schema_name) for team in teams]


def shape_by_migrations() -> list[str]:
    """What Django's own command makes of an empty schema."""
    migrate_by_django(BY_DJANGO)
    return describe_schema(BY_DJANGO)


def assert_alike(teams) -> None:
    assert len({tuple(shape) for shape in shapes(teams)}) == 1
    assert any("credits_probe" in line for line in describe_schema(teams[0].schema_name))


def ways(outcomes: list[Outcome]) -> list[tuple[str, Way]]:
    return sorted((outcome.slug, outcome.way) for outcome in outcomes)


def run(team: Team, sql: str) -> list[tuple]:
    with enter_team(team), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_nothing_to_do_is_quick(teams, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert migrate_teams() == []


def test_plain_sql_is_replayed_to_the_same_schema_as_migrations_make(teams, release):
    release(TABLE, CHANGE)

    outcomes = migrate_teams()

    assert ways(outcomes) == [(team.slug, Way.REPLAY) for team in teams]
    expected = shape_by_migrations()
    assert any("probe_size_idx" in line for line in expected)
    assert shapes(teams) == [expected] * 6
    applied = [set(list_applied_migrations(team.schema_name)) for team in teams]
    assert applied == [set(list_applied_migrations(BY_DJANGO))] * 6
    assert migrate_teams() == []


def test_code_goes_through_the_migrations(teams, release):
    release(TABLE, CODE)

    outcomes = migrate_teams()

    assert ways(outcomes) == [(team.slug, Way.MIGRATIONS) for team in teams]
    assert [run(team, "SELECT label, size FROM credits_probe") for team in teams] == [[("made", 7)]] * 6
    assert connection.schema_name == "public"


def test_teams_at_different_points_all_arrive(teams, release):
    release(TABLE)
    migrate_teams()
    late = build_team(name="Late", slug="late")
    release(CHANGE)

    outcomes = migrate_teams()

    assert ways(outcomes) == sorted((team.slug, Way.REPLAY) for team in [*teams, late])
    assert_alike([*teams, late])


def test_the_team_that_fails_stays_at_its_last_good_migration_and_stops_nobody(teams, release):
    release(TABLE)
    migrate_teams()
    broken = teams[2]
    run(broken, "INSERT INTO credits_probe (label, size) VALUES ('a', 1), ('b', 1)")
    release(CHANGE, UNIQUE)
    reported = []

    outcomes = migrate_teams(report=reported.append)

    assert reported == outcomes
    assert dict(ways(outcomes)) == {team.slug: Way.FAILED if team == broken else Way.REPLAY for team in teams}
    (failure,) = [outcome for outcome in outcomes if outcome.way is Way.FAILED]
    assert "probe_size_unique" in failure.error
    assert ("credits", "9002_probe") not in list_applied_migrations(broken.schema_name)
    assert run(broken, "SELECT count(*) FROM credits_probe") == [(2,)]
    assert ("credits", "9001_probe") in list_applied_migrations(broken.schema_name)
    assert "probe_size_unique" not in " ".join(describe_schema(broken.schema_name))

    run(broken, "DELETE FROM credits_probe WHERE label = 'b'")
    assert [(outcome.slug, outcome.way is Way.FAILED) for outcome in migrate_teams()] == [(broken.slug, False)]
    assert_alike(teams)


def test_a_run_that_was_killed_is_finished_by_the_next(teams, release):
    release(TABLE, CHANGE)

    def die(outcome: Outcome) -> None:
        if outcome.slug == teams[3].slug:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate_teams(report=die)
    done = [team for team in teams if ("credits", "9001_probe") in list_applied_migrations(team.schema_name)]
    rest = migrate_teams()

    assert 0 < len(done) < 6
    assert len(done) + len(rest) == 6
    assert_alike(teams)


def test_a_team_without_its_schema_is_named(teams, release):
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA "{teams[0].schema_name}" CASCADE')

    (outcome,) = migrate_teams()

    assert (outcome.slug, outcome.way) == (teams[0].slug, Way.FAILED)
    assert teams[0].schema_name in outcome.error


def test_archived_teams_are_left_alone(teams, release):
    Team.objects.filter(pk=teams[0].pk).update(state=Team.State.ARCHIVED)
    release(TABLE)

    assert len(migrate_teams()) == 5


def test_the_command_does_it_all_and_again_nothing(teams, release):
    release(TABLE, CHANGE)
    stale = set(ReadySchema.objects.values_list("schema_name", flat=True))

    first = run_command()
    second = run_command()

    assert "teams: 6 replay" in first
    assert second == ""
    assert_alike(teams)
    ready = list(ReadySchema.objects.all())
    assert len(ready) == 2
    assert not stale & {one.schema_name for one in ready}
    assert [describe_schema(one.schema_name) for one in ready] == [describe_schema(teams[0].schema_name)] * 2
    assert SchemaTemplate.objects.filter(fingerprint="released 2").exists()


def test_the_command_names_the_failed_team_and_exits_with_an_error(teams, release):
    run(teams[4], "CREATE TABLE credits_probe (id int)")
    release(TABLE)
    SchemaTemplate.objects.create(fingerprint="released 1", ddl="SELECT 1")

    with pytest.raises(CommandError, match=rf"1 of 6 teams failed .*team-4 \({teams[4].schema_name}\)"):
        run_command()

    assert_alike([*teams[:4], teams[5]])


def test_two_commands_at_once_wait_for_each_other(teams, release):
    release(TABLE, CHANGE)
    SchemaTemplate.objects.create(fingerprint="released 2", ddl="SELECT 1")

    outcomes = race(2, lambda number: run_command())

    assert outcomes.errors == []
    assert sorted("teams: 6 replay" in outcome for outcome in outcomes) == [False, True]
    assert_alike(teams)


def run_command() -> str:
    out = StringIO()
    call_command("migrate_all", stock=2, stdout=out, stderr=StringIO())
    return out.getvalue()
