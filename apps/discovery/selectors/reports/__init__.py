"""The report of a creator: what it says (`building`), a post in it (`posts`), and its ready bytes (`serving`)."""

from .building import build_report
from .posts import list_report_posts, show_posts
from .serving import ReportKey, find_report_key, get_report, get_report_bytes

__all__ = [
    "ReportKey",
    "build_report",
    "find_report_key",
    "get_report",
    "get_report_bytes",
    "list_report_posts",
    "show_posts",
]
