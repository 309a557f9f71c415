"""Pages that no single app below could answer."""

from .palette import palette
from .public import landing, methodology, privacy, terms
from .team import dashboard, home, plans, running

__all__ = ["dashboard", "home", "landing", "methodology", "palette", "plans", "privacy", "running", "terms"]
