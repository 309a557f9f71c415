"""Several management commands in one process: importing the product takes longer than a command with nothing to do."""

import os
import sys

import django
from django.core.management import call_command


def main(commands: list[str]) -> None:
    """Run the named commands in order; the first error ends it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    for command in commands:
        call_command(command)


if __name__ == "__main__":
    main(sys.argv[1:])
