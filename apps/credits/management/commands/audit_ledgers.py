"""`manage.py audit_ledgers`: replay the wallets now, as every night does, and say what differs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.credits.selectors.auditing import Replay
from apps.credits.selectors.fanning import list_audited_teams
from apps.credits.services import audit_wallet
from apps.teams.access import enter_team


class Command(BaseCommand):
    help = "Replay every team's ledger and print a line for each that differs. Exit code 1 when any does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--team", default="", metavar="SLUG", help="Only this team.")
        parser.add_argument("--json", action="store_true", help="A JSON object for each wallet, clean ones too.")

    def handle(self, *args: Any, **options: Any) -> None:
        teams = list_audited_teams(slug=options["team"])
        if options["team"] and not teams:
            raise CommandError(f"There is no team {options['team']}.", returncode=2)
        wrong = 0
        for team in teams:
            with enter_team(team):
                found = audit_wallet()
            wrong += not found.is_clean
            self._print(team.slug, found, as_json=options["json"])
        self.stderr.write(f"{len(teams)} wallets audited, {wrong} with differences.")
        if wrong:
            raise SystemExit(1)

    def _print(self, slug: str, found: Replay, *, as_json: bool) -> None:
        if as_json:
            first = [
                {"law": one.law, "row": one.row, "expected": one.expected, "found": one.found}
                for one in found.differences
            ]
            self.stdout.write(
                json.dumps({"team": slug, "entries": found.entries, "counts": found.counts, "first": first})
            )
        elif not found.is_clean:
            self.stdout.write(f"{slug}: {found.as_line()}")
