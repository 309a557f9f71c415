"""What metrics are computed from: pure data, no ORM. `apps.profiles.selectors.get_facts` fills it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PostType = Literal["photo", "video", "carousel", "reel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """One stored post. A number that upstream did not give is None, never 0; hidden likes are None."""

    id: int | str
    type: PostType
    taken_at: datetime | None = None
    shortcode: str = ""
    likes: int | None = None
    likes_hidden: bool = False
    comments: int | None = None
    views: int | None = None
    plays: int | None = None
    caption: str = ""
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    coauthors: tuple[str, ...] = ()
    is_pinned: bool = False
    is_sponsored: bool = False
    """The platform's own paid-partnership flag; captions are judged by the disclosure rule, not here."""
    flags: tuple[str, ...] = ()
    """Codes of implausible fields, as the normaliser marked them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFacts:
    """What a profile counted at one moment."""

    taken_at: datetime
    followers: int | None
    following: int | None = None
    posts_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerStats:
    """Engagement rates (percent, `er.followers.median`) of other catalogue creators of the same size tier.

    Synthetic creators are compared with synthetic ones only, real with real; the creator itself is left out.
    At most a few thousand values are loaded (newest first); an unavailable rate is left out, never 0.
    """

    tier: str
    engagement_rates: Sequence[float]
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """One creator as stored, with the posts still shown upstream, its snapshots, and its peers."""

    username: str
    as_of: datetime
    """When the profile's counts were read (`Profile.refreshed_at`)."""
    posts_as_of: datetime | None = None
    """When the posts were read; None when they never were."""
    followers: int | None = None
    following: int | None = None
    posts_count: int | None = None
    is_private: bool = False
    synthetic: bool = False
    posts: tuple[PostFacts, ...] = ()
    snapshots: tuple[SnapshotFacts, ...] = ()
    peers: PeerStats | None = None
    flags: tuple[str, ...] = field(default=())
    """Codes of implausible profile fields, as the normaliser marked them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFacts:
    """One stored comment. `author` is whoever wrote it, by id or handle, or "" where that is unknown."""

    id: int | str
    post_id: int | str
    text: str
    author: str = ""
    username: str = ""
    written_at: datetime | None = None
    likes: int | None = None
    by_creator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionFacts:
    """The comments that are stored of a creator's shown posts, of how many that there are upstream."""

    username: str
    as_of: datetime
    """When the posts were read."""
    comments: tuple[CommentFacts, ...] = ()
    captions: Mapping[int | str, str] = field(default_factory=dict)
    """Of the posts that comments are stored of."""
    shortcodes: Mapping[int | str, str] = field(default_factory=dict)
    """Of the same posts."""
    of: int | None = None
    """The comment counts of these posts; None where upstream gave none."""
    is_private: bool = False
    refusal: str = ""
    """Why there are no texts, in a sentence; "" where nothing is known to stand in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticityFacts:
    """What the checks of authenticity look at."""

    profile: ProfileFacts
    discussion: DiscussionFacts


# HypeAuditor's size tiers (research: nano 1–5K, micro 5–20K, mid 20–100K, macro 100K–1M, mega above).
SIZE_TIERS: tuple[tuple[str, int, int | None], ...] = (
    ("below_nano", 0, 1_000),
    ("nano", 1_000, 5_000),
    ("micro", 5_000, 20_000),
    ("mid", 20_000, 100_000),
    ("macro", 100_000, 1_000_000),
    ("mega", 1_000_000, None),
)


def find_size_tier(followers: int | None) -> tuple[str, int, int | None] | None:
    """(code, lowest followers, followers it ends before or None) of the tier an account belongs to."""
    if followers is None or followers < 0:
        return None
    return next(tier for tier in SIZE_TIERS if tier[2] is None or followers < tier[2])
