"""What the operator's API takes in and gives out."""

from .statistics import RevenueInput, RevenueOutput

__all__ = ["RevenueInput", "RevenueOutput"]
