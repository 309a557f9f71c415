"""The report of a creator: what it says (`building`), a post in it (`posts`), who may read which state of it (`keys`),
and its ready bytes (`serving`)."""

from .building import build_report
from .keys import ReportKey, find_report_key, forget_state, get_report_key
from .posts import list_report_posts, show_posts
from .serving import get_report, get_report_bytes

__all__ = [
    "ReportKey",
    "build_report",
    "find_report_key",
    "forget_state",
    "get_report",
    "get_report_bytes",
    "get_report_key",
    "list_report_posts",
    "show_posts",
]
