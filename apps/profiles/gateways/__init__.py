"""Sources of creators' data behind one interface (DESIGN section 11)."""

from .base import AccountAbsent, Answer, Capability, KeepAlive, Source, SourceFailure
from .chain import breaker_name, can_fetch, fetch_comments, fetch_post, fetch_posts, fetch_profile, list_sources

__all__ = [
    "AccountAbsent",
    "Answer",
    "Capability",
    "KeepAlive",
    "Source",
    "SourceFailure",
    "breaker_name",
    "can_fetch",
    "fetch_comments",
    "fetch_post",
    "fetch_posts",
    "fetch_profile",
    "list_sources",
]
