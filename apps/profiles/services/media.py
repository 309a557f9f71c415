"""Pictures of creators: fetched once, re-encoded, named by their content, kept in our storage."""

from collections.abc import Callable

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from apps.profiles.gateways.pictures import PictureRefused, fetch_picture
from apps.profiles.gateways.sandbox import draw_picture
from apps.profiles.models import MediaAsset, Post, Profile
from apps.profiles.selectors import list_posts

from .encoding import EncodedPicture, decode_picture, encode_picture

logger = structlog.get_logger(__name__)
MAX_PICTURES = 60

Report = Callable[[int, int, str], None]


def fetch_media(*, profile_id: int, report: Report | None = None) -> dict[str, int]:
    """Fetch what pictures a creator's report still lacks: the avatar and the newest posts' thumbnails.

    Returns how many were fetched and how many could not be; one that cannot never stops the rest. Repeatable: what is
    there is not fetched again. No network call happens inside a transaction.
    """
    profile = Profile.objects.get(pk=profile_id)
    wanted: list[Profile | Post] = [profile] if profile.avatar_id is None and profile.avatar_source_url else []
    posts = list_posts(profile).filter(thumbnail__isnull=True).exclude(thumbnail_source_url="")
    wanted += posts[:MAX_PICTURES]
    fetched = 0
    for number, owner in enumerate(wanted, start=1):
        fetched += _fetch_one(owner)
        if report is not None:
            report(number, len(wanted), "Fetching pictures")
    if fetched:
        _bump_version(profile)
    return {"fetched": fetched, "failed": len(wanted) - fetched}


def _fetch_one(owner: Profile | Post) -> bool:
    url = owner.avatar_source_url if isinstance(owner, Profile) else owner.thumbnail_source_url
    try:
        asset = _make_asset(url)
    except PictureRefused as error:
        logger.info("media.refused", owner=str(owner), reason=error.reason)
        return False
    if isinstance(owner, Profile):
        Profile.objects.filter(pk=owner.pk).update(avatar=asset)
    else:
        Post.objects.filter(pk=owner.pk).update(thumbnail=asset)
    return True


def _make_asset(url: str) -> MediaAsset:
    image = _draw(url) if url.startswith("sandbox://") else decode_picture(fetch_picture(url))
    picture = encode_picture(image)
    _keep(picture)
    asset, _ = MediaAsset.objects.get_or_create(
        content_hash=picture.content_hash,
        defaults={
            "small_key": picture.small_key,
            "large_key": picture.large_key,
            "width": picture.width,
            "height": picture.height,
            "size_bytes": len(picture.small) + len(picture.large),
        },
    )
    return asset


def _draw(url: str) -> Image.Image:
    try:
        return draw_picture(url)
    except ValueError as error:
        raise PictureRefused("bad_address") from error


def _keep(picture: EncodedPicture) -> None:
    """Named by content: what is already there is the same."""
    for key, content in ((picture.small_key, picture.small), (picture.large_key, picture.large)):
        if not default_storage.exists(key):
            default_storage.save(key, ContentFile(content))


def _bump_version(profile: Profile) -> None:
    """The report shows other pictures now."""
    with transaction.atomic():
        locked = Profile.objects.select_for_update().get(pk=profile.pk)
        locked.version += 1
        locked.save(update_fields=["version"])


def forget_asset(key: str) -> None:
    """A stored picture is gone from the storage: let go of it, so that the next fetch brings it back."""
    MediaAsset.objects.filter(small_key=key).delete()
    MediaAsset.objects.filter(large_key=key).delete()
