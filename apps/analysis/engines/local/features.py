"""Hashed character and word n-grams of a text: what the sentiment head reads beside the embedding."""

import re
from collections import Counter
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from apps.core.words import fold

CHAR_BUCKETS = 1 << 16
WORD_BUCKETS = 1 << 15
BUCKETS = CHAR_BUCKETS + WORD_BUCKETS
_TOKEN = re.compile(r"\w+|[^\w\s]")


def count_ngrams(text: str) -> Counter[int]:
    """How often each bucket occurs: characters 2 to 5 inside padded words, words and word pairs."""
    folded = fold(text)
    counts: Counter[int] = Counter()
    for word in folded.split():
        padded = f" {word} "
        for size in range(2, 6):
            counts.update(
                crc32(padded[at : at + size].encode()) % CHAR_BUCKETS for at in range(max(1, len(padded) - size + 1))
            )
            if len(padded) <= size:
                break
    tokens = _TOKEN.findall(folded)
    pairs = [f"{first} {second}" for first, second in pairwise(tokens)]
    counts.update(CHAR_BUCKETS + crc32(term.encode()) % WORD_BUCKETS for term in tokens + pairs)
    return counts


def weigh_ngrams(counts: Counter[int], idf: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """(buckets, weights): (1 + ln tf) x idf, characters and words each scaled to length 1."""
    buckets = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
    weights = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * idf[buckets]
    for part in (buckets < CHAR_BUCKETS, buckets >= CHAR_BUCKETS):
        length = float(np.linalg.norm(weights[part]))
        if length > 0:
            weights[part] /= length
    return buckets, weights.astype(np.float32)
