"""The Apify platform on loopback, as far as the actor apify/instagram-scraper goes."""

import re
from typing import Any

from .serving import Asked, FakeServer, Reply

_ACTOR = "/v2/acts/apify~instagram-scraper"
OUT_OF_FUNDS = Reply({"error": {"type": "not-enough-usage", "message": "Usage limit exceeded."}}, status=402)
TOO_LONG = Reply({"error": {"type": "run-timeout-exceeded", "message": "The run took too long."}}, status=408)
BAD_TOKEN = Reply({"error": {"type": "user-or-token-not-found", "message": "Token is not valid."}}, status=401)
RATE_LIMITED = Reply({"error": {"type": "rate-limit-exceeded"}}, status=429, headers={"Retry-After": "0"})


def failure(code: str) -> list[dict[str, str]]:
    """A failure inside a successful run."""
    return [{"error": code, "errorDescription": f"It failed: {code}"}]


class FakeApify(FakeServer):
    """Items by address and kind of result. `polls` is how often a run says RUNNING before it is over."""

    def __init__(self, port: int = 0, *, polls: int = 1, ends: str = "SUCCEEDED") -> None:
        super().__init__(port)
        self.items: dict[tuple[str, str], Any] = {}
        self.polls = polls
        self.ends = ends
        self._sync: Reply | None = None
        self._running: list[Any] = []
        self._polled = 0

    def add(self, key: str, kind: str, items: Any) -> None:
        """`key` is a handle or a post's shortcode; `kind` details, posts or comments."""
        self.items[(key.lower(), kind)] = items

    def answer_sync_with(self, reply: Reply) -> None:
        """Whoever runs and waits gets this."""
        self._sync = reply

    def answer(self, asked: Asked) -> Reply:
        path = asked.path.partition("?")[0]
        if path == f"{_ACTOR}/run-sync-get-dataset-items":
            return self._sync or Reply(self._items(asked.body), status=201)
        if path == f"{_ACTOR}/runs":
            self._running, self._polled = self._items(asked.body), 0
            return Reply(self._run("READY"), status=201)
        if path == "/v2/actor-runs/run1":
            self._polled += 1
            return Reply(self._run("RUNNING" if self._polled <= self.polls else self.ends))
        if path == "/v2/datasets/data1/items":
            return Reply(self._running)
        return Reply({"error": {"type": "record-not-found", "message": "Not found"}}, status=404)

    def _items(self, body: Any) -> Any:
        url, kind = body["directUrls"][0], body["resultsType"]
        key = re.sub(r"^https://www\.instagram\.com/(?:p/)?|/$", "", url).lower()
        return self.items.get((key, kind), failure("not_found"))[: body["resultsLimit"]]

    def _run(self, status: str) -> dict[str, Any]:
        return {"data": {"id": "run1", "status": status, "defaultDatasetId": "data1"}}
