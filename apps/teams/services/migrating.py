"""Bringing every team's schema up to date: seconds for hundreds of teams instead of minutes.

Who is behind is one query over all schemas. Teams at the same point share one plan; its SQL is written while the first
of them is migrated and replayed on the others, each in a transaction of its own. Migrations that are not plain SQL, and
schemas the replay fails on, go through `migrate_schemas`. Killed half-way, the next run does the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import structlog
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django_tenants.utils import schema_context

from apps.teams.connection import connection
from apps.teams.models import Team

from .replaying import Plan, Planner, Replay
from .schemas import list_applied_migrations

logger = structlog.get_logger(__name__)


class Way(StrEnum):
    """How a schema was brought up to date."""

    REPLAY = "replay"
    MIGRATIONS = "migrations"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of one team that was behind."""

    slug: str
    schema: str
    way: Way
    error: str = ""


def migrate_teams(*, report: Callable[[Outcome], None] = lambda _: None) -> list[Outcome]:
    """Migrate every team that is behind and return what became of each; up-to-date teams are not listed.

    A team that fails stays at its last good migration, its data untouched, and does not stop the others.
    """
    slugs = dict(Team.objects.exclude(state=Team.State.ARCHIVED).values_list("schema_name", "slug"))
    groups: defaultdict[Plan, list[str]] = defaultdict(list)
    planner = Planner()
    for schema, plan in planner.find_plans(list(slugs)).items():
        groups[plan].append(schema)
    outcomes = []
    for plan, schemas in groups.items():
        replay = Replay(plan, planner) if planner.is_replayable(plan) else None
        for schema, way, error in _migrate_group(replay, schemas):
            outcome = Outcome(slug=slugs[schema], schema=schema, way=way, error=error)
            outcomes.append(outcome)
            report(outcome)
    return outcomes


def _migrate_group(replay: Replay | None, schemas: list[str]) -> Iterator[tuple[str, Way, str]]:
    for schema in schemas:
        if replay and _replayed(replay, schema):
            yield schema, Way.REPLAY, ""
            continue
        error = _run_migrations(schema)
        yield schema, Way.FAILED if error else Way.MIGRATIONS, error


def _replayed(replay: Replay, schema: str) -> bool:
    try:
        with transaction.atomic(), schema_context(schema):
            _lock(schema)
            if replay.plan.is_pending(list_applied_migrations(schema)):
                replay.apply()
    except DatabaseError as error:
        logger.warning("teams.replay_failed", schema=schema, error=str(error).strip())
        return False
    return True


def _run_migrations(schema: str) -> str:
    """Run the migrations one by one; return the error, or nothing."""
    try:
        call_command("migrate_schemas", schema_name=schema, tenant=True, interactive=False, verbosity=0)
    except Exception as error:
        logger.exception("teams.migration_failed", schema=schema)
        return f"{type(error).__name__}: {error}".strip()
    finally:
        connection.set_schema_to_public()
    return ""


def _lock(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [schema])
