"""Pages of creators, under /t/<slug>/."""

from .creator import creator
from .creators import creators, suggestions
from .parts import insights, posts, progress
from .unlocking import price, refresh, unlock

__all__ = ["creator", "creators", "insights", "posts", "price", "progress", "refresh", "suggestions", "unlock"]
