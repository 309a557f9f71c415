"""Everything that changes what a team pays. The wallet itself is changed by apps.credits."""

from .accounts import ensure_account
from .buying import open_portal, start_checkout, start_topup
from .changing import ChangePreview, cancel_subscription, change_subscription, preview_change, resume_subscription
from .customers import update_billing_details
from .events import EVENT_KIND, process_event, receive_event, replay_event, sweep_events
from .fulfilling import fulfil_session
from .manual import (
    change_manual,
    close_invoice,
    end_manual,
    extend_manual,
    has_manual_invoice,
    issue_invoice,
    start_manual,
)
from .reconciling import reconcile
from .refunding import settle_payment
from .repaying import plan_refund, refund
from .rolling import roll_up_revenue
from .standing import settle_account
from .syncing import sync_account
from .tending import SETTLE_KIND, SYNC_KIND, tend_accounts

__all__ = [
    "EVENT_KIND",
    "SETTLE_KIND",
    "SYNC_KIND",
    "ChangePreview",
    "cancel_subscription",
    "change_manual",
    "change_subscription",
    "close_invoice",
    "end_manual",
    "ensure_account",
    "extend_manual",
    "fulfil_session",
    "has_manual_invoice",
    "issue_invoice",
    "open_portal",
    "plan_refund",
    "preview_change",
    "process_event",
    "receive_event",
    "reconcile",
    "refund",
    "replay_event",
    "resume_subscription",
    "roll_up_revenue",
    "settle_account",
    "settle_payment",
    "start_checkout",
    "start_manual",
    "start_topup",
    "sweep_events",
    "sync_account",
    "tend_accounts",
    "update_billing_details",
]
