"""The operator's revenue by month and currency, read from rollups alone."""

from .definitions import DEFINITIONS
from .figures import CurrencyRevenue, MonthFigures
from .reading import Outstanding, Revenue, get_revenue

__all__ = ["DEFINITIONS", "CurrencyRevenue", "MonthFigures", "Outstanding", "Revenue", "get_revenue"]
