"""`python manage.py load_demo`"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.portal.services.demo import DemoRefused, load_demo


class Command(BaseCommand):
    """Thin: the work is in apps.portal.services.demo."""

    help = "Load the demo accounts, teams and synthetic creators. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_demo(say=lambda what: self.stdout.write(f"  demo: {what}"))
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
