"""Everything that changes a wallet, always under its row lock."""

from .capping import set_member_limits
from .cycle import bring_up_to_date, create_wallet, ensure_period
from .granting import GrantNote, grant_credits
from .holding import bind_hold, hold_credits
from .settling import Charge, capture_hold, release_hold
from .sweeping import sweep_holds

__all__ = [
    "Charge",
    "GrantNote",
    "bind_hold",
    "bring_up_to_date",
    "capture_hold",
    "create_wallet",
    "ensure_period",
    "grant_credits",
    "hold_credits",
    "release_hold",
    "set_member_limits",
    "sweep_holds",
]
