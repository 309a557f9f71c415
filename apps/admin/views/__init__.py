"""Pages of the superadmin site that no model admin gives."""

from .acting import (
    act_on_grant,
    act_on_invoice,
    act_on_revocation,
    act_on_team,
    act_on_topup,
    act_on_user,
    act_on_version,
)
from .ledger import show_ledger
from .revenue import show_revenue

__all__ = [
    "act_on_grant",
    "act_on_invoice",
    "act_on_revocation",
    "act_on_team",
    "act_on_topup",
    "act_on_user",
    "act_on_version",
    "show_ledger",
    "show_revenue",
]
