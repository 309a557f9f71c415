"""Having an engine read a labelled set, and what came of it."""

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from apps.analysis.services import analyse_texts
from apps.analysis.training.data import LabelledText

from .scoring import score_by
from .sets import SETS, TestSet

_BATCH = 64
GATE_TEXTS = 150
"""Texts of each set that every run of the tests scores: seconds, not minutes."""


def find_set(name: str) -> TestSet:
    return next(one for one in SETS if one.name == name)


def choose_rows(one: TestSet, folder: Path, limit: int) -> list[LabelledText]:
    """At most `limit` texts of the set, always the same ones; 0 means all."""
    rows = one.read(folder)
    if not limit or limit >= len(rows):
        return rows
    return random.Random(0).sample(rows, limit)  # noqa: S311 - a sample, not a secret


def score_set(one: TestSet, rows: Sequence[LabelledText], engine: str) -> dict[str, Any]:
    """`{"texts", "score", "by": {language or category: score}, "rate": texts/s}`. Raises as `analyse_texts`."""
    began = time.monotonic()
    texts = [row.text for row in rows]
    said = [
        one.label(answer)
        for start in range(0, len(texts), _BATCH)
        for answer in analyse_texts(texts[start : start + _BATCH], engine=engine)
    ]
    rate = len(rows) / max(time.monotonic() - began, 0.001)
    gold = [row.label for row in rows]
    by = score_by([row.language for row in rows], gold, said, score=one.score)
    return {
        "texts": len(rows),
        "score": round(one.score(gold, said), 4),
        "by": {name: round(score, 3) for name, score in by.items()},
        "rate": round(rate, 1),
    }
