"""What the operator's pages and API show."""

from .listing import get_team, get_user, list_audit, list_operator_teams, list_support, list_users
from .overview import get_ledger, get_overview
from .usage import get_usage

__all__ = [
    "get_ledger",
    "get_overview",
    "get_team",
    "get_usage",
    "get_user",
    "list_audit",
    "list_operator_teams",
    "list_support",
    "list_users",
]
