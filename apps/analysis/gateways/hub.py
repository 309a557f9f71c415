"""A model hub with the interface of huggingface.co: which files a model has, and fetching them whole."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from apps.analysis.errors import DownloadFailed
from apps.core.resilience import retrying

ENDPOINT = "https://huggingface.co"
Watch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """`sha256` is None for small files, of which the hub says git's own digest alone (`blob`)."""

    name: str
    size: int
    sha256: str | None
    blob: str | None


@dataclass(frozen=True, slots=True)
class RemoteModel:
    repository: str
    revision: str
    files: tuple[RemoteFile, ...]


class Hub:
    """Asks again after a broken connection, and goes on where it broke. Raises `DownloadFailed` in the end."""

    def __init__(self, endpoint: str = ENDPOINT, token: str = "") -> None:
        self.endpoint = endpoint.rstrip("/")
        # httpx forgets the header when a redirect leads to another host, as the hub's downloads do.
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.Client(timeout=30, follow_redirects=True, headers=headers)

    def close(self) -> None:
        self._client.close()

    def describe(self, repository: str, revision: str = "main") -> RemoteModel:
        """The model's files as they are now, with the commit that they belong to."""
        url = f"{self.endpoint}/api/models/{repository}/revision/{revision}"
        answer = self._repeat(lambda: _check(self._client.get(url, params={"blobs": "true"})).json(), repository)
        try:
            files = tuple(_read_file(entry) for entry in answer["siblings"])
            return RemoteModel(repository, str(answer["sha"]), files)
        except (KeyError, TypeError, ValueError) as error:
            raise DownloadFailed(f"{self.endpoint} does not speak of {repository} as a model hub does.") from error

    def fetch(self, model: RemoteModel, file: RemoteFile, target: Path, watch: Watch) -> None:
        """Bring the file to `target`, checked by its digest; nothing is there under this name before it is whole.

        What an earlier try left (`….part`) is gone on with. `watch(bytes so far)` is called as they come.
        """
        part = target.with_name(f"{target.name}.part")
        url = f"{self.endpoint}/{model.repository}/resolve/{model.revision}/{file.name}"
        self._repeat(lambda: self._continue(url, file, part, watch), f"{model.repository} {file.name}")
        if not is_same(part, file):
            part.unlink(missing_ok=True)
            raise DownloadFailed(f"{model.repository} {file.name} came damaged and was thrown away; fetch it again.")
        part.replace(target)

    def _continue(self, url: str, file: RemoteFile, part: Path, watch: Watch) -> None:
        have = part.stat().st_size if part.exists() else 0
        if have > file.size:
            part.unlink()
            have = 0
        if have == file.size and part.exists():
            return
        headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"}
        with self._client.stream("GET", url, headers=headers) as answer:
            _check(answer)
            # Whoever ignores the range sends the whole.
            with part.open("ab" if answer.status_code == httpx.codes.PARTIAL_CONTENT else "wb") as target:
                for chunk in answer.iter_raw():
                    target.write(chunk)
                    watch(target.tell())

    def _repeat(self, act: Callable[[], Any], what: str) -> Any:
        try:
            return retrying("source", when=_is_passing)(act)
        except (httpx.HTTPError, ValueError) as error:
            raise DownloadFailed(f"{what} could not be fetched from {self.endpoint}: {_say(error)}.") from error


def is_same(path: Path, file: RemoteFile) -> bool:
    """Does the file have the size and the digest that the hub names? Reads all of it."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    if file.sha256 is not None:
        return hash_file(path) == file.sha256
    if file.blob is None:
        return True
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest() == file.blob


def hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(answer: httpx.Response) -> httpx.Response:
    return answer.raise_for_status()


def _is_passing(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code >= 500 or error.response.status_code == httpx.codes.TOO_MANY_REQUESTS
    return isinstance(error, httpx.TransportError)


def _say(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"the answer was {error.response.status_code}"
    return str(error) or type(error).__name__


def _read_file(entry: dict[str, Any]) -> RemoteFile:
    large = entry.get("lfs") or {}
    size = large.get("size", entry.get("size"))
    return RemoteFile(str(entry["rfilename"]), int(size or 0), large.get("sha256"), entry.get("blobId"))
