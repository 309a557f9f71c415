"""The catalogue of creators. Everything here is public: shared by all teams, and never pointing into one."""

from .audience import AudienceDemographics, CreatorMetadata, RelatedProfile
from .insight import CreatorVector, RateTable, SafetyFlag
from .media import MediaAsset
from .post import Comment, Mention, Post
from .profile import PreviousUsername, Profile, Snapshot
from .tracking import RefreshUse, TrackedProfile
from .upstream import AbsentHandle, RawPayload, RefreshLease, SourceState

__all__ = [
    "AbsentHandle",
    "AudienceDemographics",
    "Comment",
    "CreatorMetadata",
    "CreatorVector",
    "MediaAsset",
    "Mention",
    "Post",
    "PreviousUsername",
    "Profile",
    "RateTable",
    "RawPayload",
    "RefreshLease",
    "RefreshUse",
    "RelatedProfile",
    "SafetyFlag",
    "Snapshot",
    "SourceState",
    "TrackedProfile",
]
