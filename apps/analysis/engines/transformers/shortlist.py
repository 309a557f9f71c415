"""Which few categories the large model is asked about: NLI costs a pass per category, an embedding one per text."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.analysis.engines.local.embedding import embed
from apps.analysis.engines.local.heads import load_heads
from apps.analysis.keywords import score_categories
from apps.analysis.text import shorten

SHORTLIST = 5
"""By the rule of docs/ai-evaluation.md, which `make eval ARGS=--shortlist` works out; a test holds this to it."""


def shortlist_categories(texts: Sequence[str], languages: Sequence[str], size: int = SHORTLIST) -> list[list[str]]:
    """Of each normalised text the `size` likeliest categories by its embedding and the keywords of its language.

    Best first. Raises `EngineUnavailable` where the small models are not there.
    """
    vectors = embed([shorten(text) for text in texts])
    return [codes[:size] for codes in rank_all(texts, languages, vectors)]


def rank_all(texts: Sequence[str], languages: Sequence[str], vectors: NDArray[np.float32]) -> list[list[str]]:
    """All categories of each text, the likeliest first."""
    heads = load_heads()
    found = []
    for text, language, vector in zip(texts, languages, vectors, strict=True):
        chances = heads.rank_categories(vector, score_categories(text, language))
        found.append([heads.category_codes[int(place)] for place in np.argsort(-chances, kind="stable")])
    return found
