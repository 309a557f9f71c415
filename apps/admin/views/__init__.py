"""Pages of the superadmin site that no model admin gives."""

from .ledger import show_ledger
from .revenue import show_revenue

__all__ = ["show_ledger", "show_revenue"]
