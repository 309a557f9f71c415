"""Chance that repeats: the same words give the same dice."""

import hashlib
import math
import random


def dice(*words: object) -> random.Random:
    """A generator seeded by `words`, the same in every process and version."""
    text = "\x1f".join(str(word) for word in words)
    return random.Random(hashlib.blake2b(text.encode(), digest_size=16).digest())  # noqa: S311 - not for secrets


def stable_number(*words: object) -> int:
    """A positive 62-bit number that stands for `words`."""
    text = "\x1f".join(str(word) for word in words)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 2


def spread(rng: random.Random, sigma: float) -> float:
    """A log-normal factor around 1."""
    return math.exp(rng.gauss(0.0, sigma))
