"""What everybody may see of a creator before paying."""

from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse

from apps.profiles.metrics import Confidence, Metric, Sample, Status, Unit
from apps.profiles.models import MediaAsset, Profile
from apps.profiles.normalise.addresses import mask_addresses

from .contacts import list_contacts


def get_preview(profile: Profile) -> dict[str, Any]:
    """The contract's Preview, the same everywhere, without a contact address in it; `is_private` only for a private
    account. No query if the avatar was selected with the profile."""
    preview: dict[str, Any] = {
        "username": profile.username,
        "full_name": mask_addresses(profile.full_name),
        "avatar_url": get_avatar_url(profile),
        "is_verified": profile.is_verified,
        "category": profile.category,
        "followers": profile.followers,
        "posts_count": profile.posts_count,
        "engagement_rate": profile.engagement_metric or _no_engagement(profile).as_dict(),
        "email_available": bool(list_contacts(profile)),
        "synthetic": profile.synthetic,
    }
    if profile.is_private:
        preview["is_private"] = True
    return preview


def get_avatar_url(profile: Profile, *, large: bool = False) -> str:
    """Where the avatar is: the stored picture, else a placeholder with the initials."""
    return get_picture_url(profile.avatar, label=profile.full_name or profile.username, large=large)


def get_picture_url(asset: MediaAsset | None, *, label: str, large: bool = False) -> str:
    """Where a picture is: the stored one, else a neutral placeholder with the initials of `label`."""
    if asset is not None:
        return default_storage.url(asset.large_key if large else asset.small_key)
    return reverse("profiles:placeholder", args=[initials_of(label)])


def initials_of(label: str) -> str:
    """One or two letters of a name, of any script; "?" where it has none."""
    words = [
        "".join(char for char in word if char.isalnum()) for word in label.replace(".", " ").replace("_", " ").split()
    ]
    words = [word for word in words if word]
    letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "") if words else "?"
    return letters.upper()


def _no_engagement(profile: Profile) -> Metric:
    return Metric(
        value=None,
        unit=Unit.PERCENT,
        as_of=profile.posts_refreshed_at or profile.refreshed_at,
        status=Status.UNAVAILABLE,
        method="er.followers.median.v1",
        sample=Sample(size=0, of=0, kind="posts"),
        confidence=Confidence.NONE,
        reason="No posts have been read yet.",
    )
