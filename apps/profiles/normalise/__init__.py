"""Payloads of every known source and year to one shape. Nothing here raises on bad input, and no number is invented."""

from .addresses import find_addresses
from .captions import find_email, find_hashtags, find_mentions
from .comments import read_comments
from .pages import read_post_page, read_single_post
from .profiles import find_user, read_profile, says_absent
from .shapes import (
    CommentData,
    MetadataData,
    PostData,
    PostPage,
    ProfileData,
    RelatedData,
    SnapshotData,
)
from .shortcodes import read_shortcode
from .usernames import find_username, normalise_username

__all__ = [
    "CommentData",
    "MetadataData",
    "PostData",
    "PostPage",
    "ProfileData",
    "RelatedData",
    "SnapshotData",
    "find_addresses",
    "find_email",
    "find_hashtags",
    "find_mentions",
    "find_user",
    "find_username",
    "normalise_username",
    "read_comments",
    "read_post_page",
    "read_profile",
    "read_shortcode",
    "read_single_post",
    "says_absent",
]
