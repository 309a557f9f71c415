"""How often the right category is among the first k that embedding and keywords name: what NLI can decide at best."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apps.analysis.engines.local.language import identify_language
from apps.analysis.engines.transformers.shortlist import rank_all
from apps.analysis.text import normalise_text, shorten
from apps.analysis.training.vectors import Report, embed_all, prepare

from .sets import read_captions

SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16)
WANTED = 0.8
"""The rule: the fewest categories among which the right one is so often. Each more costs NLI another pass a post."""


def measure_shortlist(folder: Path, cache: Path, report: Report) -> dict[str, Any]:
    """Recall of the author's category for each k, on captions that nothing was taught with."""
    rows = read_captions(folder)
    vectors = embed_all([prepare(row.text) for row in rows], cache, report)
    texts = [shorten(normalise_text(row.text), 2_200) for row in rows]
    ranked = rank_all(texts, [identify_language(text).code for text in texts], vectors)
    places = [codes.index(row.label) for codes, row in zip(ranked, rows, strict=True)]
    recall = {str(size): round(sum(place < size for place in places) / len(places), 3) for size in SIZES}
    return {"texts": len(rows), "k": choose_size(recall), "wanted": WANTED, "recall": recall}


def choose_size(recall: Mapping[str, float], wanted: float = WANTED) -> int:
    """The smallest k of the table whose recall is what is wanted. Raises `ValueError` where none is."""
    return min(int(size) for size, share in recall.items() if share >= wanted)
