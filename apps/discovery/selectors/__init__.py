"""Reading what the current team has: reports, unlocks, history, running work."""

from .doors import get_unlock, get_unlocked_profile
from .entitlements import find_unlock, list_unlocked_ids
from .history import list_recent_lookups, list_running_jobs, list_unlocked, suggest_creators, suggest_typed
from .minimum import find_shortfalls
from .reports import get_report, list_report_posts, show_posts

__all__ = [
    "find_shortfalls",
    "find_unlock",
    "get_report",
    "get_unlock",
    "get_unlocked_profile",
    "list_recent_lookups",
    "list_report_posts",
    "list_running_jobs",
    "list_unlocked",
    "list_unlocked_ids",
    "show_posts",
    "suggest_creators",
    "suggest_typed",
]
