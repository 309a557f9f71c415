"""A model hub on loopback: repositories of files, with ranges, redirects to another address, and broken transfers."""

import hashlib
from urllib.parse import urlsplit

from .serving import Asked, FakeServer, Reply


class FakeHub(FakeServer):
    """`files[repository][name]` is a file's content; `large` names are told with SHA-256, others with git's digest."""

    def __init__(self, files: dict[str, dict[str, bytes]]) -> None:
        super().__init__()
        self.files = files
        self.cut_at: dict[str, int] = {}
        """By name of a file, after how many bytes the next transfer of it breaks."""

    def answer(self, asked: Asked) -> Reply:
        path = urlsplit(asked.path).path
        if path.startswith("/api/models/"):
            return self._describe(path.removeprefix("/api/models/").removesuffix("/revision/main"))
        if not path.startswith("/cdn/"):
            return Reply(status=302, headers={"Location": f"/cdn{path}"})
        repository, _, rest = path.removeprefix("/cdn/").partition("/resolve/")
        name = rest.partition("/")[2]
        return self._send(name, self.files[repository][name], asked.headers.get("Range", ""))

    def _describe(self, repository: str) -> Reply:
        if repository not in self.files:
            return Reply({"error": "Repository not found"}, status=404)
        return Reply({"sha": "c0ffee", "siblings": [_entry(*file) for file in self.files[repository].items()]})

    def _send(self, name: str, content: bytes, wanted: str) -> Reply:
        start = int(wanted.removeprefix("bytes=").rstrip("-") or 0)
        body, status = content[start:], 206 if start else 200
        if name in self.cut_at:
            cut = self.cut_at.pop(name)
            return Reply(body[:cut], status, headers={"Content-Length": str(len(body)), "Connection": "close"})
        return Reply(body, status)


def _entry(name: str, content: bytes) -> dict:
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    entry = {"rfilename": name, "size": len(content), "blobId": blob}
    if name.endswith((".safetensors", ".bin")):
        entry["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return entry
