"""Pages that no single app below could answer."""

from .public import landing, privacy, terms

__all__ = ["landing", "privacy", "terms"]
