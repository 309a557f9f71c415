"""Untrusted bytes to two clean WebP pictures: nothing but pixels survives."""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from apps.profiles.gateways.pictures import PictureRefused

MAX_PIXELS = 40_000_000
LARGE, SMALL = 720, 240
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """The same picture in two sizes; its name is the hash of the large one."""

    content_hash: str
    small: bytes
    large: bytes
    width: int
    height: int

    @property
    def small_key(self) -> str:
        return f"creators/{self.content_hash[:2]}/{self.content_hash}-s.webp"

    @property
    def large_key(self) -> str:
        return f"creators/{self.content_hash[:2]}/{self.content_hash}-l.webp"


def decode_picture(content: bytes) -> Image.Image:
    """The first frame as pixels, upright. Raises `PictureRefused` for no picture and for decompression bombs."""
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
        _refuse_bomb(image)
        image.draft("RGB", (LARGE * 2, LARGE * 2))
        image.load()
        return _on_white(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise PictureRefused("not_decodable") from error


def _refuse_bomb(image: Image.Image) -> None:
    """Known from the header, before a single pixel is unpacked."""
    if image.width * image.height > MAX_PIXELS:
        raise PictureRefused("too_many_pixels")


def encode_picture(image: Image.Image) -> EncodedPicture:
    """WebP in two sizes, without any metadata."""
    large, small = _webp(image, LARGE), _webp(image, SMALL)
    return EncodedPicture(hashlib.sha256(large).hexdigest(), small, large, image.width, image.height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _webp(image: Image.Image, side: int) -> bytes:
    sized = image.copy()
    sized.thumbnail((side, side * 2), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", sized.size)
    clean.paste(sized)
    stream = io.BytesIO()
    clean.save(stream, "WEBP", quality=82, method=2)
    return stream.getvalue()
