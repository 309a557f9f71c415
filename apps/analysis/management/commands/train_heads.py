"""Train the heads of the `local` engine from the data sets, and write them with their scores."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Train the heads of the local engine (half an hour the first time: 19,000 texts are embedded, then cached)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        beside = settings.BASE_DIR.parent / "shared" / "data" / "datasets"
        parser.add_argument("--data", type=Path, default=beside, help="folder of the data sets")
        parser.add_argument(
            "--cache", type=Path, default=settings.VAR_DIR / "embeddings", help="where vectors are kept"
        )
        parser.add_argument("--category", action="store_true", help="only the category head; minutes instead")
        parser.add_argument("--into", type=Path, default=None, help="write elsewhere than beside the engine")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from apps.analysis.training import category, data, sentiment, writing  # noqa: PLC0415 - heavy
        except ImportError as error:
            raise CommandError(
                "Training needs scikit-learn: pip install -r apps/analysis/training/requirements.txt"
            ) from error
        folder, cache = options["data"], options["cache"]
        if not (folder / data.SENTIMENT_TRAIN).exists():
            raise CommandError(f"No data sets in {folder}.")
        began = time.monotonic()
        if options["category"]:
            arrays, facts = writing.read_written()
        else:
            mood, scores = sentiment.train_and_score(folder, cache, self._say)
            arrays, facts = writing.pack_sentiment(mood), {"sentiment": scores}
        scaling = arrays["centre"], arrays["scale"]
        tweets = sentiment.read_taught(folder)
        subject, facts["category"] = category.train_and_score(folder, cache, tweets, scaling, self._say)
        facts["data_sha256"] = data.fingerprint(folder)
        version = writing.write_heads({**arrays, **writing.pack_category(subject)}, facts, options["into"])
        self._say(f"wrote {version} after {time.monotonic() - began:.0f} s: {facts['category']['tweet_topic']}")

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
