"""Score engines on the labelled data sets."""

import random
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.analysis.engines import list_engine_names
from apps.analysis.errors import EngineUnavailable
from apps.analysis.evaluation.scoring import score_by
from apps.analysis.evaluation.sets import SETS, TestSet
from apps.analysis.services import analyse_texts
from apps.analysis.training.data import SENTIMENT_TEST, LabelledText

_BATCH = 64


class Command(BaseCommand):
    help = (
        "Score engines on the data sets: sentiment, language and category, with each language or category. No server."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        beside = settings.BASE_DIR.parent / "shared" / "data" / "datasets"
        parser.add_argument("--data", type=Path, default=beside, help="folder of the data sets")
        parser.add_argument("--engine", action="append", choices=list_engine_names(), help="several times for several")
        parser.add_argument("--limit", type=int, default=400, help="texts of each set, always the same; 0: all")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["data"]
        if not (folder / SENTIMENT_TEST).exists():
            raise CommandError(f"No data sets in {folder}; say where they are with --data.")
        for one in SETS:
            rows = one.read(folder)
            if options["limit"] and options["limit"] < len(rows):
                rows = random.Random(0).sample(rows, options["limit"])  # noqa: S311 - a sample, not a secret
            self._say(f"\n{one.name}: {one.measure} on {len(rows)} texts")
            for engine in options["engine"] or list_engine_names():
                self._score(one, rows, engine)

    def _score(self, one: TestSet, rows: list[LabelledText], engine: str) -> None:
        if engine in one.taught:
            self._say(f"  {engine:<14} not scored: taught with these texts (scores by folds are in its heads.json)")
            return
        began = time.monotonic()
        try:
            said = [one.label(answer) for answer in self._ask(rows, engine)]
        except EngineUnavailable as error:
            self._say(f"  {engine:<14} not scored: {error.message}")
            return
        gold = [row.label for row in rows]
        speed = len(rows) / max(time.monotonic() - began, 0.001)
        self._say(f"  {engine:<14} {one.score(gold, said):.3f}   {speed:,.0f} texts/s")
        groups = score_by([row.language for row in rows], gold, said, score=one.score)
        self._say("    " + "  ".join(f"{name} {score:.2f}" for name, score in groups.items()))

    def _ask(self, rows: list[LabelledText], engine: str) -> list[Any]:
        texts = [row.text for row in rows]
        return [
            answer
            for start in range(0, len(texts), _BATCH)
            for answer in analyse_texts(texts[start : start + _BATCH], engine=engine)
        ]

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
