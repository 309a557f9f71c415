"""`manage.py migrate_all`: the public schema, then every team's, then the stock of ready schemas."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.executor import MigrationExecutor

from apps.core.connections import connect_apart
from apps.teams.connection import connection
from apps.teams.services import Outcome, Way, drop_stale_stock, ensure_template, migrate_teams, refill_stock

_LOCK = 7_200  # one migrate_all at a time in a database


class Command(BaseCommand):
    help = "Migrate the public schema and every team, and fill the stock of ready schemas. Quick when nothing is to do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stock", type=int, default=settings.TEAM_STOCK, help="Ready schemas to have in the end.")

    def handle(self, *args: Any, **options: Any) -> None:
        with self._alone():
            self._migrate_public()
            outcomes = self._migrate_teams()
            ensure_template()
            drop_stale_stock()
            made = refill_stock(wanted=options["stock"])
        if made:
            self.stdout.write(f"stock: {made} schemas made ready")
        failed = [outcome for outcome in outcomes if outcome.way is Way.FAILED]
        if failed:
            names = ", ".join(f"{outcome.slug} ({outcome.schema})" for outcome in failed)
            raise CommandError(
                f"{len(failed)} of {len(outcomes)} teams failed and stay at their last good migration: {names}"
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for another run to end. The lock has a connection of its own, since migrations close Django's."""
        with connect_apart() as guard:
            guard.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            yield

    def _migrate_public(self) -> None:
        connection.set_schema_to_public()
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"public: {len(plan)} migrations")
            call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)

    def _migrate_teams(self) -> list[Outcome]:
        outcomes = migrate_teams(report=self._report)
        if outcomes:
            counts = Counter(outcome.way for outcome in outcomes)
            self.stdout.write("teams: " + ", ".join(f"{number} {way}" for way, number in sorted(counts.items())))
        return outcomes

    def _report(self, outcome: Outcome) -> None:
        if outcome.way is Way.FAILED:
            self.stderr.write(f"team {outcome.slug} ({outcome.schema}) failed: {outcome.error}")
