"""Pages that no single app below could answer."""

from .choosing import choose, pricing
from .palette import palette
from .public import favicon, landing, methodology, privacy, terms
from .support import close_support_request, support, support_request
from .team import dashboard, home, plans, running

__all__ = [
    "choose",
    "close_support_request",
    "dashboard",
    "favicon",
    "home",
    "landing",
    "methodology",
    "palette",
    "plans",
    "pricing",
    "privacy",
    "running",
    "support",
    "support_request",
    "terms",
]
