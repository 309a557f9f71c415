"""Everything that changes a wallet, always under its row lock."""

from .adjusting import adjust_credits
from .auditing import audit_wallet, purge_audits
from .capping import set_member_limits
from .cycle import bring_up_to_date, create_wallet, ensure_period
from .granting import GrantNote, grant_credits
from .holding import bind_hold, hold_credits
from .planning import change_plan, set_standing
from .revoking import restore_grant, revoke_grant, waive_debt
from .rolling import roll_up_wallet
from .settling import Charge, capture_hold, release_hold
from .sweeping import sweep_holds

__all__ = [
    "Charge",
    "GrantNote",
    "adjust_credits",
    "audit_wallet",
    "bind_hold",
    "bring_up_to_date",
    "capture_hold",
    "change_plan",
    "create_wallet",
    "ensure_period",
    "grant_credits",
    "hold_credits",
    "purge_audits",
    "release_hold",
    "restore_grant",
    "revoke_grant",
    "roll_up_wallet",
    "set_member_limits",
    "set_standing",
    "sweep_holds",
    "waive_debt",
]
