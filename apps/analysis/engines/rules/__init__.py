"""Keywords, emoji and lexicons: fast, explainable, and the engine that never fails."""

from .engine import RulesEngine

__all__ = ["RulesEngine"]
