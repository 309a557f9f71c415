"""Embeddings of training texts, kept on disk: 20 ms a tweet is minutes for a data set."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from apps.analysis.engines.local.embedding import DIMENSIONS, embed
from apps.analysis.text import normalise_text, shorten

_BATCH = 32
Report = Callable[[str], None]


def prepare(text: str) -> str:
    """Exactly what the engine embeds."""
    return shorten(normalise_text(text))


def embed_all(texts: Sequence[str], cache: Path, report: Report) -> NDArray[np.float32]:
    """Vectors of prepared texts in order, from the cache file of just this list where there is one."""
    digest = hashlib.sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    file = cache / f"query-{digest}.npy"
    if file.exists():
        return np.asarray(np.load(file), dtype=np.float32)
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        vectors[batch] = embed([texts[index] for index in batch])
        if start % 1600 == 0:
            report(f"embedded {start} of {len(order)}")
    cache.mkdir(parents=True, exist_ok=True)
    np.save(file, vectors)
    return vectors
