"""What the operator's staff do: each act with its reason in the audit trail, in the transaction of the act."""

from .catalogue import draft_next_version, edit_draft, publish_version
from .looking import record_team_access
from .payments import close_manual_invoice, refund_paper
from .plans import Agreement, put_on_free, put_on_manual_plan
from .support import answer_support, close_support
from .teams import set_proposals, set_team_state
from .users import set_user_active
from .wallets import Correction, grant_to_team, restore_revoked, revoke_team_grant, take_from_team, waive_team_debt

__all__ = [
    "Agreement",
    "Correction",
    "answer_support",
    "close_manual_invoice",
    "close_support",
    "draft_next_version",
    "edit_draft",
    "grant_to_team",
    "publish_version",
    "put_on_free",
    "put_on_manual_plan",
    "record_team_access",
    "refund_paper",
    "restore_revoked",
    "revoke_team_grant",
    "set_proposals",
    "set_team_state",
    "set_user_active",
    "take_from_team",
    "waive_team_debt",
]
