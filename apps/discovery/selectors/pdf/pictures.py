"""Pictures for a PDF: out of our own store alone, small, and never a reason to fail."""

from collections.abc import Iterable

import structlog
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from apps.profiles.models import MediaAsset, Post, Profile

logger = structlog.get_logger(__name__)
SIDE = 320


def load_pictures(profile: Profile, post_ids: Iterable[int]) -> dict[int | str, Image.Image]:
    """The avatar under "avatar", thumbnails under the ids of their posts; what is not stored is left out. One query."""
    posts = Post.objects.filter(pk__in=list(post_ids)).select_related("thumbnail").order_by("pk")
    assets: dict[int | str, MediaAsset | None] = {post.pk: post.thumbnail for post in posts}
    assets["avatar"] = profile.avatar
    found = {name: _load(asset) for name, asset in assets.items() if asset is not None}
    return {name: picture for name, picture in found.items() if picture is not None}


def _load(asset: MediaAsset) -> Image.Image | None:
    try:
        with default_storage.open(asset.small_key) as file, Image.open(file) as image:
            return ImageOps.fit(image.convert("RGB"), (SIDE, SIDE))
    except OSError as error:
        logger.warning("picture_unreadable", key=asset.small_key, error=type(error).__name__)
        return None
