"""Changing teams: making them, their members, their schemas."""

from .creating import create_team, welcome_user
from .migrating import Outcome, Way, migrate_teams
from .stock import drop_stale_stock, refill_stock
from .templates import ensure_template

__all__ = [
    "Outcome",
    "Way",
    "create_team",
    "drop_stale_stock",
    "ensure_template",
    "migrate_teams",
    "refill_stock",
    "welcome_user",
]
