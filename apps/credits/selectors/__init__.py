"""What one may ask of a wallet. Nothing here writes."""

from .balances import compute_balance, get_balance
from .periods import Period, get_month, get_period
from .quoting import check_cap, quote

__all__ = ["Period", "check_cap", "compute_balance", "get_balance", "get_month", "get_period", "quote"]
