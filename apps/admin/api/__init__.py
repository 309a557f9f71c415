"""`/api/v1/admin/`: what the superadmin's site does, for programs. The same services, the same trail."""

from .credits import SystemStatsView
from .statistics import RevenueView

__all__ = ["RevenueView", "SystemStatsView"]
