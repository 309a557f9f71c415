"""Fetch the models of the engine `transformers` into AI_MODELS_CACHE_DIR."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.analysis.gateways.hub import Hub
from apps.analysis.services.fetching import check_models, fetch_models


class Command(BaseCommand):
    help = (
        "Fetch the three models (about 3.3 GB) from the hub (HF_ENDPOINT, HF_TOKEN), going on where an earlier try "
        "ended; every file is checked by its digest. Exit status 1, and what is missing, where that fails."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fetch nothing; read every byte of what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        cache: Path = settings.AI_MODELS_CACHE_DIR
        failed = self._check(cache) if options["check"] else self._fetch(cache)
        if failed:
            lines = "\n".join(f"  {repository}: {why}" for repository, why in failed.items())
            raise CommandError(f"Missing in {cache}:\n{lines}\nUntil they are there, the other engines answer.")
        self._say(f"All models are in {cache}. AI_ENGINES=transformers,local,rules lets the analyst use them.")

    def _fetch(self, cache: Path) -> dict[str, str]:
        hub = Hub(settings.HF_ENDPOINT, settings.HF_TOKEN)
        try:
            return fetch_models(cache, hub, self._say)
        finally:
            hub.close()

    def _check(self, cache: Path) -> dict[str, str]:
        return {repository: ", ".join(problems) for repository, problems in check_models(cache).items() if problems}

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
