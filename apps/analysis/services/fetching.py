"""Fetching the three large models: each by itself, whole or not at all. For `make models`, never for a job."""

import json
from collections.abc import Callable
from pathlib import Path

from apps.analysis.engines.transformers.catalogue import EXTRAS, MODELS, TOKENIZERS, WEIGHTS, ModelSpec
from apps.analysis.engines.transformers.files import MANIFEST, list_problems, read_manifest
from apps.analysis.errors import DownloadFailed
from apps.analysis.gateways.hub import Hub, RemoteFile, RemoteModel, hash_file, is_same

Say = Callable[[str], None]
_MB = 1 << 20


def fetch_models(cache: Path, hub: Hub, say: Say) -> dict[str, str]:
    """Bring every model under `cache` that is not there whole; `{repository: why}` for those that could not be had."""
    failed = {}
    for spec in MODELS:
        try:
            fetch_model(cache / spec.repository, spec, hub, say)
        except DownloadFailed as error:
            failed[spec.repository] = error.message
    return failed


def fetch_model(folder: Path, spec: ModelSpec, hub: Hub, say: Say) -> None:
    """Fetch what is missing or differs, and write down what is there now. Raises `DownloadFailed`."""
    model = hub.describe(spec.repository)
    files = choose_files(model)
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        if is_same(folder / file.name, file):
            say(f"{spec.repository}: {file.name} is there")
        else:
            hub.fetch(model, file, folder / file.name, _watch(f"{spec.repository}: {file.name}", file.size, say))
    entries = {file.name: {"size": file.size, "sha256": hash_file(folder / file.name)} for file in files}
    manifest = {"repository": spec.repository, "revision": model.revision, "files": entries}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    if problems := list_problems(folder):
        raise DownloadFailed(f"{spec.repository} is no model that can be used: {', '.join(problems)}.")


def choose_files(model: RemoteModel) -> list[RemoteFile]:
    """Configuration, tokenizer and one file of weights: the hub has the same weights for other frameworks too."""
    by_name = {file.name: file for file in model.files}
    weights = next((name for name in WEIGHTS if name in by_name), None)
    if weights is None or "config.json" not in by_name:
        raise DownloadFailed(f"{model.repository} has no config.json or no {' or '.join(WEIGHTS)} at the hub.")
    names = ("config.json", *(name for names in TOKENIZERS for name in names), *EXTRAS, weights)
    return [by_name[name] for name in names if name in by_name]


def check_models(cache: Path) -> dict[str, list[str]]:
    """`{repository: problems}` after reading every byte; an empty list is a model as it was fetched."""
    return {spec.repository: _check(cache / spec.repository) for spec in MODELS}


def _check(folder: Path) -> list[str]:
    if problems := list_problems(folder):
        return problems
    files = read_manifest(folder).get("files", {})
    return [f"{name} is damaged" for name, facts in files.items() if hash_file(folder / name) != facts["sha256"]]


def _watch(title: str, size: int, say: Say) -> Callable[[int], None]:
    """Say at every tenth how far it is."""
    told = -1

    def watch(done: int) -> None:
        nonlocal told
        tenth = 10 * done // max(1, size)
        if tenth > told:
            told = tenth
            say(f"{title} {done // _MB} of {size // _MB} MB ({10 * tenth} %)")

    return watch
