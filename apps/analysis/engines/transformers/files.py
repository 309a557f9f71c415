"""Finding the models' files, and telling whole ones from half-downloaded ones, without loading anything."""

import hashlib
import json
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from apps.analysis.errors import ModelsMissing

from .catalogue import MODELS, TOKENIZERS, WEIGHTS, ModelSpec

MANIFEST = "manifest.json"
"""Written by `make models`: repository, revision, and of each file size and SHA-256."""
_LONGEST_HEADER = 100_000_000


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model whose files are whole, as far as can be told without reading all of them."""

    spec: ModelSpec
    folder: Path
    weights: Path
    fingerprint: str


def find_models(cache: Path, specs: Sequence[ModelSpec] = MODELS) -> dict[str, ModelFiles]:
    """`{task: files}`. Raises `ModelsMissing`, which says everything that is missing, not only the first.

    Cheap: it looks at names, sizes and headers. `make models` compares whole files with their SHA-256.
    """
    found, lacking = {}, []
    for spec in specs:
        folder = find_folder(cache, spec)
        problems = [f"no folder {cache / spec.repository}"] if folder is None else list_problems(folder)
        if folder is None or problems:
            lacking.append(f"{spec.repository}: {', '.join(problems)}")
        else:
            found[spec.task] = _describe(spec, folder)
    if lacking:
        raise ModelsMissing(f"Models are missing ({'; '.join(lacking)}). `make models` fetches them.")
    return found


def find_folder(cache: Path, spec: ModelSpec) -> Path | None:
    """`<cache>/<owner>/<name>`, or the newest snapshot where the folder is a cache of the hub's own client."""
    plain = cache / spec.repository
    if plain.is_dir():
        return plain
    hub = cache / f"models--{spec.repository.replace('/', '--')}"
    head = hub / "refs" / "main"
    if head.is_file() and (named := hub / "snapshots" / head.read_text().strip()).is_dir():
        return named
    snapshots = sorted(hub.glob("snapshots/*"), key=lambda path: path.stat().st_mtime)
    return snapshots[-1] if snapshots else None


def list_problems(folder: Path) -> list[str]:
    """What keeps a model in this folder from being loaded, in words; empty where nothing is known to."""
    problems = []
    if not _is_json(folder / "config.json"):
        problems.append("config.json is missing or no JSON")
    if not any(all((folder / name).is_file() for name in names) for names in TOKENIZERS):
        problems.append("no tokenizer")
    weights = find_weights(folder)
    if weights is None:
        problems.append(f"no {' or '.join(WEIGHTS)}")
    elif not is_whole(weights):
        problems.append(f"{weights.name} is not complete")
    return problems + list_other_sizes(folder)


def find_weights(folder: Path) -> Path | None:
    return next((folder / name for name in WEIGHTS if (folder / name).is_file()), None)


def is_whole(weights: Path) -> bool:
    """Is the file as long as its own header says (safetensors), or does it end as a zip must (a torch checkpoint)?"""
    if weights.suffix != ".safetensors":
        return zipfile.is_zipfile(weights)
    try:
        size, header = _read_header(weights)
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error):
        return False
    return bool(ends) and weights.stat().st_size == 8 + size + max(ends)


def list_other_sizes(folder: Path) -> list[str]:
    """Files that are not as long as the manifest says; none where there is no manifest."""
    files = read_manifest(folder).get("files", {})
    return [
        f"{name} is not complete"
        for name, facts in files.items()
        if not (folder / name).is_file() or (folder / name).stat().st_size != facts["size"]
    ]


def read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _describe(spec: ModelSpec, folder: Path) -> ModelFiles:
    weights = find_weights(folder)
    assert weights is not None  # noqa: S101 - list_problems found it
    stat = weights.stat()
    config = (folder / "config.json").stat()
    return ModelFiles(spec, folder, weights, _fingerprint(weights, stat.st_size, stat.st_mtime_ns, config.st_mtime_ns))


@lru_cache(maxsize=16)
def _fingerprint(weights: Path, size: int, _changed: int, _config_changed: int) -> str:
    """Eight digits of the configuration, and of the weights' length, first and last megabyte."""
    digest = hashlib.sha256((weights.parent / "config.json").read_bytes())
    digest.update(str(size).encode())
    with weights.open("rb") as file:
        digest.update(file.read(1 << 20))
        file.seek(max(0, size - (1 << 20)))
        digest.update(file.read(1 << 20))
    return digest.hexdigest()[:8]


def _read_header(weights: Path) -> tuple[int, dict[str, Any]]:
    with weights.open("rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        if size > _LONGEST_HEADER:
            raise ValueError("no safetensors header")
        return size, json.loads(file.read(size))


def _is_json(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        return False
