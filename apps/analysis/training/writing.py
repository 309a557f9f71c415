"""Writing the trained heads beside the engine: weights in `heads.npz`, facts and scores in `heads.json`."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.engines.local.heads import HEADS_FILE, SCORES_FILE, quantise

from .category import CategoryHead
from .sentiment import SentimentHead


def pack_sentiment(sentiment: SentimentHead) -> dict[str, NDArray[Any]]:
    """All that the engine needs for it, in as few bytes as its scores allow (int8 rows, idf in 255 steps)."""
    step = float(sentiment.idf.max()) / 255
    return {
        "centre": sentiment.centre.astype(np.float32),
        "scale": sentiment.scale.astype(np.float32),
        "sentiment_bias": sentiment.bias.astype(np.float32),
        "idf": np.round(sentiment.idf / step).astype(np.uint8),
        "idf_step": np.array(step, dtype=np.float32),
        **quantise("sentiment_embedding", sentiment.embedding),
        **quantise("sentiment_ngrams", sentiment.ngrams),
    }


def pack_category(category: CategoryHead) -> dict[str, NDArray[Any]]:
    return {
        "category_bias": category.bias.astype(np.float32),
        **quantise("category_embedding", category.embedding),
    }


def read_written() -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """What stands beside the engine: the arrays and the facts of both heads."""
    with np.load(HEADS_FILE, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return arrays, json.loads(SCORES_FILE.read_text(encoding="utf-8"))


def write_heads(arrays: dict[str, NDArray[Any]], facts: dict[str, Any], folder: Path | None = None) -> str:
    """Store both files; the version is made from the weights and the constants, so a changed head is a new version."""
    weights, notes = HEADS_FILE, SCORES_FILE
    if folder:
        weights, notes = folder / HEADS_FILE.name, folder / SCORES_FILE.name
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(name.encode() + np.ascontiguousarray(arrays[name]).tobytes())
    constants = {name: facts["category"][name] for name in ("temperature", "keyword_weight", "odds", "threshold")}
    digest.update(json.dumps(constants, sort_keys=True).encode())
    version = f"e5s4-{digest.hexdigest()[:8]}"
    np.savez_compressed(weights, **arrays)  # type: ignore[arg-type]
    notes.write_text(json.dumps({"version": version, **facts}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return version
