"""The steps of `bench.teams` that need Django, each in a process with the settings of its moment. Prints JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from apps.accounts.models import User  # noqa: E402
from apps.teams.models import Team, make_ready_name  # noqa: E402
from apps.teams.services import create_team, migrate_teams  # noqa: E402
from apps.teams.services.replaying import Planner  # noqa: E402
from apps.teams.services.schemas import create_empty_schema, list_applied_migrations, replay_schema  # noqa: E402
from apps.teams.services.templates import ensure_template  # noqa: E402

BY_MIGRATIONS = 3
BY_REPLAY = 10
STANDARD_SAMPLE = 10


def make(teams: int) -> dict[str, float]:
    """Make `teams` teams from stock, timing each, and a few schemas by the two other ways."""
    call_command("migrate_all", stock=teams, verbosity=0, stdout=sys.stderr)
    owner = User.objects.create_user("bench@bench.example")
    template = ensure_template()
    by_replay = [_time(_replayer(template.ddl)) for _ in range(BY_REPLAY)]
    by_migrations = [_time(_make_by_migrations) for _ in range(BY_MIGRATIONS)]
    by_stock = [_time(_maker(owner, number)) for number in range(teams)]
    schema = Team.objects.latest("id").schema_name
    return {
        "by stock": statistics.median(by_stock),
        "by replay": statistics.median(by_replay),
        "by migrations": statistics.median(by_migrations),
        "tables": _count_tables(schema),
        "migrations": len(list_applied_migrations(schema)),
    }


def migrate(teams: int) -> dict[str, float]:
    """Migrate a few teams the standard way, then all the others at once, then find nothing to do."""
    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
    schemas = list(Team.objects.values_list("schema_name", flat=True))
    find = _time(lambda: Planner().find_plans(schemas))
    sample = schemas[:STANDARD_SAMPLE]
    standard = [_time(_standard_migrator(schema)) for schema in sample]
    replay = _time(migrate_teams)
    if Planner().find_plans(schemas):
        sys.exit("bench: some teams are still behind")
    return {
        "find": find,
        "standard_each": statistics.mean(standard),
        "sample": len(sample),
        "replay": replay * teams / (len(schemas) - len(sample)),
        "idle": _time(migrate_teams),
    }


def _make_by_migrations() -> None:
    """What django-tenants does for a new tenant."""
    name = make_ready_name()
    create_empty_schema(name)
    call_command("migrate_schemas", schema_name=name, tenant=True, interactive=False, verbosity=0)


def _maker(owner: User, number: int) -> Callable[[], object]:
    return lambda: create_team(name=f"Bench {number}", owner=owner, plan="premium")


def _replayer(ddl: str) -> Callable[[], object]:
    def replay() -> None:
        with transaction.atomic():
            replay_schema(make_ready_name(), ddl=ddl)

    return replay


def _standard_migrator(schema: str) -> Callable[[], object]:
    return lambda: call_command("migrate_schemas", schema_name=schema, tenant=True, interactive=False, verbosity=0)


def _time(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _count_tables(schema: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [schema])
        return cursor.fetchone()[0]


if __name__ == "__main__":
    step = {"make": make, "migrate": migrate}[sys.argv[1]]
    print(json.dumps(step(int(sys.argv[2]))))
