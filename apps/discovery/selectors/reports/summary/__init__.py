"""A creator in words: sentences over facts (`claims`), each with what it rests on (`evidence`); gathered by `facts`."""

from .claims import summarise
from .evidence import Facts
from .facts import gather_facts

__all__ = ["Facts", "gather_facts", "summarise"]
