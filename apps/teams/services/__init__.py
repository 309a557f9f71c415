"""Changing teams: making them, their members, their schemas."""

from .changing import plan_period, set_billing, set_plan, set_proposals, set_state, update_team
from .creating import create_team, welcome_user
from .members import add_member, bring_member, change_member, remove_member, transfer_ownership
from .migrating import Outcome, Way, migrate_teams
from .rolling import store_rollups
from .seats import suspend_beyond_seats
from .sharing import make_share_link, open_share_link, revoke_share_link
from .stock import drop_stale_stock, refill_stock
from .templates import ensure_template

__all__ = [
    "Outcome",
    "Way",
    "add_member",
    "bring_member",
    "change_member",
    "create_team",
    "drop_stale_stock",
    "ensure_template",
    "make_share_link",
    "migrate_teams",
    "open_share_link",
    "plan_period",
    "refill_stock",
    "remove_member",
    "revoke_share_link",
    "set_billing",
    "set_plan",
    "set_proposals",
    "set_state",
    "store_rollups",
    "suspend_beyond_seats",
    "transfer_ownership",
    "update_team",
    "welcome_user",
]
