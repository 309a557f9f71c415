"""Having an engine read a labelled set, and what came of it."""

import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from apps.analysis.engines import TextAnalysis
from apps.analysis.pooling import choose_pooled, pool_chances, read_chances
from apps.analysis.services import analyse_texts
from apps.analysis.training.data import LabelledText

from .scoring import Labels, score_by
from .sets import SETS, TestSet

_BATCH = 64
GATE_TEXTS = 150
"""Texts of each set that every run of the tests scores: seconds, not minutes."""


def find_set(name: str) -> TestSet:
    return next(one for one in SETS if one.name == name)


def choose_rows(one: TestSet, folder: Path, limit: int) -> list[LabelledText]:
    """At most `limit` texts of the set, or all texts of so many authors; always the same ones, and 0 means all."""
    rows = one.read(folder)
    chance = random.Random(0)  # noqa: S311 - a sample, not a secret
    if one.by_author:
        authors = sorted({row.author for row in rows})
        chosen = set(chance.sample(authors, limit) if 0 < limit < len(authors) else authors)
        return [row for row in rows if row.author in chosen]
    return chance.sample(rows, limit) if 0 < limit < len(rows) else rows


def score_set(one: TestSet, rows: Sequence[LabelledText], engine: str) -> dict[str, Any]:
    """`{"texts", "score", "by": {language or category: score}, "rate": texts/s}`, of authors also `"authors"` and
    `"among_labels"`. Raises as `analyse_texts`."""
    began = time.monotonic()
    texts = [row.text for row in rows]
    answers = [
        answer
        for start in range(0, len(texts), _BATCH)
        for answer in analyse_texts(texts[start : start + _BATCH], engine=engine)
    ]
    rate = round(len(rows) / max(time.monotonic() - began, 0.001), 1)
    if one.by_author:
        return {"texts": len(rows), **_score_authors(one, rows, answers), "rate": rate}
    gold, said = [row.label for row in rows], [one.label(answer) for answer in answers]
    return {"texts": len(rows), **_score(one, [row.language for row in rows], gold, said), "rate": rate}


def _score_authors(one: TestSet, rows: Sequence[LabelledText], answers: Sequence[TextAnalysis]) -> dict[str, Any]:
    """Of the whole taxonomy: a category that the set does not know is wrong. `among_labels`: of the set's own alone."""
    gold = {row.author: row.label for row in rows}
    opinions: dict[str, list[dict[str, float]]] = {author: [] for author in gold}
    for row, answer in zip(rows, answers, strict=True):
        opinions[row.author].append(read_chances(answer.raw, answer.category.label, answer.category.confidence))
    pooled = [pool_chances(opinions[author]) for author in gold]
    labels, known = list(gold.values()), set(gold.values())
    said = [choose_pooled(chances) for chances in pooled]
    among = [choose_pooled(chances, known) for chances in pooled]
    return {
        "authors": len(gold),
        **_score(one, labels, labels, said),
        "among_labels": round(one.score(labels, among), 4),
    }


def _score(one: TestSet, groups: Sequence[str], gold: Labels, said: Labels) -> dict[str, Any]:
    by = score_by(groups, gold, said, score=one.score)
    return {"score": round(one.score(gold, said), 4), "by": {name: round(score, 3) for name, score in by.items()}}
