"""Reading teams and who belongs to them."""

from .gates import PROPOSALS, has_team_feature, require_team_feature
from .hosts import find_slug_of_host
from .members import count_seats_taken, find_owner, get_member, list_members
from .months import RollupKey, get_month_day
from .sharing import list_share_links
from .standing import list_standing, read_standing
from .teams import find_team, list_teams

__all__ = [
    "PROPOSALS",
    "RollupKey",
    "count_seats_taken",
    "find_owner",
    "find_slug_of_host",
    "find_team",
    "get_member",
    "get_month_day",
    "has_team_feature",
    "list_members",
    "list_share_links",
    "list_standing",
    "list_teams",
    "read_standing",
    "require_team_feature",
]
