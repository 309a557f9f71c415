"""Pages of plan and payments, for who manages them."""

from .buying import buy_plan, buy_topup, cancelled, done, portal
from .changing import cancel, change, change_dialog, resume
from .details import details
from .overview import overview, topups

__all__ = [
    "buy_plan",
    "buy_topup",
    "cancel",
    "cancelled",
    "change",
    "change_dialog",
    "details",
    "done",
    "overview",
    "portal",
    "resume",
    "topups",
]
