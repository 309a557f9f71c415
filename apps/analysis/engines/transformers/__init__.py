"""The three large models by name, from files on this machine, with NLI deciding among a shortlist of categories.

Importing this loads neither torch nor transformers; the first `analyse` of a process does, under a lock. Workers of the
analysis queue and commands call it, web processes never do (docs/adr/0006).
"""

from .engine import TransformersEngine

__all__ = ["TransformersEngine"]
