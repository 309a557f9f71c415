"""What the operator's API takes in and gives out."""

from .credits import SystemStatsOutput
from .statistics import RevenueInput, RevenueOutput

__all__ = ["RevenueInput", "RevenueOutput", "SystemStatsOutput"]
