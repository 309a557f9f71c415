"""Pages of creators, under /t/<slug>/."""

from .creator import creator
from .creators import creators, suggestions
from .parts import insights, posts, progress
from .purchases import contacts_price, contacts_unlock, post, post_buy, post_price, post_progress, posts_bought
from .shared import shared_report
from .sharing import revoke, share
from .similar_part import similar
from .unlocking import price, refresh, unlock

__all__ = [
    "contacts_price",
    "contacts_unlock",
    "creator",
    "creators",
    "insights",
    "post",
    "post_buy",
    "post_price",
    "post_progress",
    "posts",
    "posts_bought",
    "price",
    "progress",
    "refresh",
    "revoke",
    "share",
    "shared_report",
    "similar",
    "suggestions",
    "unlock",
]
