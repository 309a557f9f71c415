"""`/api/v1/admin/`: what the superadmin's site does, for programs. The same services, the same trail."""

from . import catalogue, office, statistics, teams, users
from .credits import SystemStatsView

__all__ = ["SystemStatsView", "catalogue", "office", "statistics", "teams", "users"]
