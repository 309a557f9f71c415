"""`python manage.py import_customers FOLDER`"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.admin.services.importing import import_customers


class Command(BaseCommand):
    """Thin: the work is in apps.admin.services.importing."""

    help = (
        "Bring customers of the replaced system over from users.csv, teams.csv, wallets.csv and unlocks.csv (formats:"
        " docs/recipes.md). Says what it would do; --apply does it. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--apply", action="store_true", help="Write. Without it nothing changes.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        apply = options["apply"]
        report = import_customers(
            folder, apply=apply, say=self.stdout.write, progress=lambda text: self.stderr.write(f"… {text}")
        )
        if report.faults:
            raise CommandError(f"{report.faults} faults; nothing was written.")
        for what, number in sorted(report.done.items()):
            self.stdout.write(f"{what}: {number}")
        if report.failed:
            raise CommandError(f"{report.failed} rows were refused; the others were brought over.")
        self.stdout.write("Done." if apply else "Nothing was written: run again with --apply.")
