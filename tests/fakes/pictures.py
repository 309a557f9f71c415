"""A server of pictures on loopback: good ones, bombs, redirects, and things that are no pictures."""

import io
import struct
import zlib

from PIL import Image

from .serving import Asked, FakeServer, Reply


def make_jpeg(
    width: int = 400, height: int = 500, color: tuple[int, int, int] = (200, 90, 60), *, exif: bool = False
) -> bytes:
    """A plain picture, with a place and an orientation in its metadata if asked."""
    stream = io.BytesIO()
    image = Image.new("RGB", (width, height), color)
    data = Image.Exif()
    if exif:
        data[0x0112], data[0x010E] = 6, "secret place"
    image.save(stream, "JPEG", exif=data)
    return stream.getvalue()


def make_bomb(side: int = 40_000) -> bytes:
    """A PNG of a few bytes whose header promises 1.6 gigapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


class FakePictures(FakeServer):
    """Serves what was put under a path."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.pages: dict[str, Reply] = {}

    def add(self, path: str, content: bytes, *, kind: str = "image/jpeg", status: int = 200) -> str:
        """Put a picture at a path; returns its address."""
        self.pages[path] = Reply(content, status=status, headers={"Content-Type": kind})
        return self.base_url + path

    def redirect(self, path: str, to: str) -> str:
        self.pages[path] = Reply(b"", status=302, headers={"Location": to})
        return self.base_url + path

    def answer(self, asked: Asked) -> Reply:
        return self.pages.get(asked.path.partition("?")[0], Reply(b"", status=404))
