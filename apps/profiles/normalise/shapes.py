"""The one shape that every source's answer is brought to. Pure data, already bounded and safe to store.

A count that upstream hides or lacks is None. `flags` holds the codes of what was refused or is doubtful.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedData:
    username: str
    external_id: str = ""
    full_name: str = ""
    is_verified: bool | None = None
    is_private: bool | None = None
    avatar_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentData:
    external_id: str
    text: str = ""
    author_username: str = ""
    author_external_id: str = ""
    parent_external_id: str = ""
    written_at: datetime | None = None
    likes: int | None = None
    replies: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostData:
    external_id: str
    shortcode: str
    type: str = "photo"
    product_type: str = ""
    caption: str = ""
    taken_at: datetime | None = None
    likes: int | None = None
    likes_hidden: bool = False
    comments: int | None = None
    comments_disabled: bool = False
    views: int | None = None
    plays: int | None = None
    duration: float | None = None
    carousel_size: int | None = None
    is_pinned: bool = False
    is_sponsored: bool = False
    owner_external_id: str = ""
    owner_username: str = ""
    coauthors: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    location: dict[str, Any] | None = None
    music: dict[str, Any] | None = None
    alt_text: str = ""
    width: int | None = None
    height: int | None = None
    thumbnail_url: str = ""
    comment_rows: tuple[CommentData, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """Posts as one answer showed them, newest first but for pinned ones.

    `contiguous` promises that the answer is the account's timeline without gaps, so that a known post between two
    shown ones and not among them is gone. A list of reels only, say, is not.
    """

    posts: tuple[PostData, ...] = ()
    has_more: bool | None = None
    cursor: str = ""
    contiguous: bool = False
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotData:
    """A past count that a source itself reports. Only the sandbox has any."""

    taken_at: datetime
    followers: int | None
    following: int | None = None
    posts_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataData:
    account_type: str = ""
    category_enum: str = ""
    business_category: str = ""
    contact_method: str = ""
    pronouns: tuple[str, ...] = ()
    address: dict[str, Any] | None = None
    biography_entities: tuple[dict[str, str], ...] = ()
    joined_recently: bool | None = None
    hides_like_counts: bool | None = None
    has_reels: bool | None = None
    has_channel: bool | None = None
    facebook_id: str = ""
    videos_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileData:
    """`None` says that the answer did not tell; an empty text says that it told there is none."""

    username: str
    external_id: str | None = None
    full_name: str | None = None
    biography: str | None = None
    external_url: str | None = None
    links: tuple[dict[str, str], ...] | None = None
    category: str | None = None
    is_verified: bool | None = None
    is_private: bool | None = None
    is_business: bool | None = None
    is_professional: bool | None = None
    business_email: str | None = None
    business_phone: str | None = None
    country_code: str | None = None
    followers: int | None = None
    following: int | None = None
    posts_count: int | None = None
    highlights_count: int | None = None
    avatar_url: str | None = None
    metadata: MetadataData | None = None
    related: tuple[RelatedData, ...] = ()
    timeline: PostPage = field(default_factory=PostPage)
    history: tuple[SnapshotData, ...] = ()
    flags: tuple[str, ...] = ()
