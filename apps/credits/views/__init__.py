"""Pages of the wallet and of the members who use it."""

from .members import member, member_change, member_limits, members
from .wallet import ledger, ledger_file, spending, wallet

__all__ = ["ledger", "ledger_file", "member", "member_change", "member_limits", "members", "spending", "wallet"]
