"""Writing the catalogue of creators."""

from .commenting import CommentsRead, read_comments, read_discussion, submit_discussion
from .flagging import renew_flags
from .media import fetch_media
from .pricing import publish_rates
from .purging import purge_expired
from .refreshing import Refresh, refresh_profile
from .single_posts import read_post
from .tracking import track_profiles

__all__ = [
    "CommentsRead",
    "Refresh",
    "fetch_media",
    "publish_rates",
    "purge_expired",
    "read_comments",
    "read_discussion",
    "read_post",
    "refresh_profile",
    "renew_flags",
    "submit_discussion",
    "track_profiles",
]
