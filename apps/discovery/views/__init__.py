"""Pages of creators, under /t/<slug>/."""

from .creator import creator
from .creators import creators, suggestions
from .parts import analysis, insights, posts_more, progress
from .purchases import contacts_price, contacts_unlock, post, post_buy, post_price, post_progress, posts_bought
from .report_file import report_file
from .report_tabs import report_tab
from .safety_file import safety_file
from .shared import shared_report
from .sharing import revoke, share
from .similar_part import similar_found
from .unlocking import price, refresh, unlock

__all__ = [
    "analysis",
    "contacts_price",
    "contacts_unlock",
    "creator",
    "creators",
    "insights",
    "post",
    "post_buy",
    "post_price",
    "post_progress",
    "posts_bought",
    "posts_more",
    "price",
    "progress",
    "refresh",
    "report_file",
    "report_tab",
    "revoke",
    "safety_file",
    "share",
    "shared_report",
    "similar_found",
    "suggestions",
    "unlock",
]
