"""The scores that are committed: of whole runs, and of the fixed sample that the tests hold every change against."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("scores.json")
Scores = dict[str, Any]


def read_scores() -> Scores:
    """`{"scores": {set: {engine: outcome}}, "gate": {set: {engine: score}}, "shortlist": {…}}`."""
    empty: Scores = {"scores": {}, "gate": {}, "shortlist": {}}
    return empty | json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else empty


def write_scores(scores: Scores) -> None:
    FILE.write_text(json.dumps(scores, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
