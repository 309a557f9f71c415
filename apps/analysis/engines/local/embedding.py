"""Embeddings by multilingual-e5-small, one model a process."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from apps.analysis.engines.batching import is_out_of_memory
from apps.analysis.errors import ModelUnusable, OutOfMemory, UnsoundOutput

from .encoder import Encoder, build_encoder
from .weights import find_file, read_weights

DIMENSIONS = 384
_PREFIX = "query: "
"""The model knows questions and passages; as questions, captions did better in training (docs/ai-evaluation.md)."""
_lock = Lock()


@lru_cache(maxsize=1)
def _load() -> Encoder:
    weights = read_weights(find_file())
    try:
        return build_encoder(weights)
    except (KeyError, ValueError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise OutOfMemory from error
        raise ModelUnusable(f"The embedding model lacks weights or has others than it should ({error}).") from error


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of length 1 per text, in order. Texts are to be shortened before: cost grows with their tokens.

    One thread at a time: the model uses all threads that this process has. Raises `EngineUnavailable`,
    `ModelUnusable`, `OutOfMemory`, `UnsoundOutput`.
    """
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    with _lock:
        vectors = _load().embed([f"{_PREFIX}{text}" for text in texts])
    if not np.isfinite(vectors).all():
        raise UnsoundOutput
    return vectors
