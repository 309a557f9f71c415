"""Small models that come as wheels: multilingual embeddings with heads trained in this repository, and lingua.

Nothing is loaded on import; the first `analyse` of a process loads once, under a lock. Workers and commands call it,
web processes never do.
"""

from .engine import LocalEngine

__all__ = ["LocalEngine"]
