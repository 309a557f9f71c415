"""Score engines on the labelled data sets, and write what came of it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.analysis.engines import list_engine_names
from apps.analysis.engines.local.heads import SCORES_FILE
from apps.analysis.errors import EngineUnavailable
from apps.analysis.evaluation.committed import Scores, read_scores, write_scores
from apps.analysis.evaluation.document import write_document
from apps.analysis.evaluation.running import GATE_TEXTS, choose_rows, score_set
from apps.analysis.evaluation.sets import SETS, TestSet
from apps.analysis.training.data import SENTIMENT_TEST

DOCUMENT = settings.BASE_DIR / "docs" / "ai-evaluation.md"


class Command(BaseCommand):
    help = (
        "Score engines on the data sets: sentiment, language and category, with each language or category, and write "
        "docs/ai-evaluation.md and the scores that the tests hold changes against. No server."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        beside = settings.BASE_DIR.parent / "shared" / "data" / "datasets"
        parser.add_argument("--data", type=Path, default=beside, help="folder of the data sets")
        parser.add_argument("--engine", action="append", choices=list_engine_names(), help="several times for several")
        parser.add_argument("--set", default="", help="only the sets whose name begins so")
        parser.add_argument("--limit", type=int, default=400, help="texts of each set, always the same; 0: all")
        parser.add_argument("--gate", action="store_true", help="only the small samples that the tests score")
        parser.add_argument("--shortlist", action="store_true", help="only the shortlist for NLI")
        parser.add_argument("--dry-run", action="store_true", help="print, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["data"]
        if not (folder / SENTIMENT_TEST).exists():
            raise CommandError(f"No data sets in {folder}; say where they are with --data.")
        engines = options["engine"] or list_engine_names()
        scores = read_scores()
        if options["shortlist"]:
            scores["shortlist"] = self._measure_shortlist(folder)
        else:
            for one in (one for one in SETS if one.name.startswith(options["set"])):
                self._score_all(scores, one, folder, engines, options)
        if not options["dry_run"]:
            write_scores(scores)
            facts = json.loads(SCORES_FILE.read_text(encoding="utf-8"))
            DOCUMENT.write_text(write_document(scores, facts), encoding="utf-8")
            self._say(f"\nwrote {DOCUMENT.relative_to(settings.BASE_DIR)}")

    def _score_all(
        self, scores: Scores, one: TestSet, folder: Path, engines: list[str], options: dict[str, Any]
    ) -> None:
        """The gate's sample is kept for the gate; of whole runs, the one over most texts."""
        rows = choose_rows(one, folder, GATE_TEXTS if options["gate"] else options["limit"])
        self._say(f"\n{one.name}: {one.measure} on {len(rows)} texts")
        for engine in engines:
            if outcome := self._score(one, rows, engine):
                if options["gate"]:
                    scores["gate"].setdefault(one.name, {})[engine] = outcome["score"]
                kept = scores["scores"].setdefault(one.name, {})
                if outcome["texts"] >= kept.get(engine, {}).get("texts", 0):
                    kept[engine] = {name: value for name, value in outcome.items() if name != "rate"}

    def _score(self, one: TestSet, rows: list[Any], engine: str) -> dict[str, Any] | None:
        if engine in one.taught:
            self._say(f"  {engine:<14} not scored: taught with these texts (scores by folds are in its heads.json)")
            return None
        try:
            outcome = score_set(one, rows, engine)
        except EngineUnavailable as error:
            self._say(f"  {engine:<14} not scored: {error.message}")
            return None
        among = f"   among its labels {outcome['among_labels']:.3f}" if one.by_author else ""
        self._say(f"  {engine:<14} {outcome['score']:.3f}   {outcome['rate']:,.0f} texts/s{among}")
        self._say("    " + "  ".join(f"{name} {score:.2f}" for name, score in outcome["by"].items()))
        return outcome

    def _measure_shortlist(self, folder: Path) -> dict[str, Any]:
        from apps.analysis.evaluation.shortlist import measure_shortlist  # noqa: PLC0415 - heavy

        found = measure_shortlist(folder, settings.VAR_DIR / "embeddings", self._say)
        self._say(f"shortlist: {found}")
        return found

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
