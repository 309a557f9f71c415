"""The Decodo scraping API on loopback: known users in the v2 envelope, and every failure it is known for.

By hand, for anybody who wants to point DECODO_BASE_URL somewhere:

    python -m tests.fakes.decodo --port 9000 --payloads ../shared/data/decodo

serves each JSON file of the folder (a user object in any known envelope) under the user's name.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .serving import Asked, FakeServer, Reply

_TARGETS = {
    "instagram_graphql_profile", "instagram_graphql_user_posts", "instagram_graphql_post",
}  # fmt: skip


def envelope(content: Any, *, status_code: int = 200) -> dict[str, Any]:
    """The v2 envelope around scraped content."""
    return {
        "results": [
            {
                "content": content,
                "headers": {},
                "cookies": [],
                "status_code": status_code,
                "task_id": "7463508496927950001",
                "created_at": "2026-05-22 08:38:10",
                "updated_at": "2026-05-22 08:38:13",
            }
        ]
    }


def user_content(user: dict[str, Any] | None) -> dict[str, Any]:
    """Instagram's own answer around a user object."""
    return {"data": {"user": user}, "status": "ok"}


FAULTED = Reply(
    {"status": "failed", "status_code": 613, "message": "We were not able to scrape the target.", "task_id": "1"}
)
FAULTED_INSIDE = Reply({"results": [{"url": "", "content": "", "status_code": 613}]})
EMPTY = Reply(envelope({}))
EMPTY_STRING = Reply(envelope(""))
NULL = Reply(envelope(None))
NO_USER = Reply(envelope(user_content(None)))
UNAUTHORISED = Reply({"status": "failed", "message": "Username invalid."}, status=401)
UNSUPPORTED = Reply({"status": "failed", "message": "Target not supported."}, status=400)
FORBIDDEN = Reply({"status": "failed", "message": "Not allowed."}, status=403)
INVALID = Reply({"status": "failed", "message": "Validation failed.", "errors": ["query"]}, status=422)
RATE_LIMITED = Reply("Rate limit exceeded", status=429)
QUOTA_USED = Reply({"status": "failed", "message": "Monthly quota exceeded."}, status=429)
BROKEN = Reply({"status": "failed", "message": "Internal error"}, status=500)
GAVE_UP = Reply(b"error code: 524", status=524, headers={"Content-Type": "text/html"})
NOT_FOUND = Reply({"status": "failed", "message": "Not found."}, status=404)


class FakeDecodo(FakeServer):
    """Knows users by handle. `add` makes one known; `fail` gives a handle an answer of its own for good."""

    def __init__(self, port: int = 0, *, delay: float = 0.0, as_text: bool = False) -> None:
        super().__init__(port)
        self.delay = delay
        self.as_text = as_text
        self.contents: dict[str, Any] = {}
        self.posts: dict[str, Any] = {}
        self.replies: dict[str, Reply] = {}

    def add(self, content: Any, *, username: str = "") -> str:
        """Make a user known: a bare user object or content in any envelope. Returns the handle it answers to."""
        content = _unwrap_results(content)
        if isinstance(content, dict) and "username" in content and "data" not in content:
            content = user_content(content)
        handle = (username or _find_username(content)).lower()
        self.contents[handle] = content
        return handle

    def add_post(self, shortcode: str, content: Any) -> None:
        """What the target of posts answers for this one: its own object, or its comments in any known form."""
        self.posts[shortcode] = content

    def load(self, folder: Path) -> list[str]:
        """Make known every user in the JSON files of a folder."""
        names = []
        for path in sorted(folder.glob("*.json")):
            content = json.loads(path.read_text())
            if isinstance(content, dict) and _find_username(_unwrap_results(content)):
                names.append(self.add(content))
        return names

    def fail(self, username: str, reply: Reply) -> None:
        self.replies[username.lower()] = reply

    def count(self, username: str) -> int:
        """How often a handle was asked for."""
        return sum(1 for asked in self.asked if _query(asked) == username.lower())

    def answer(self, asked: Asked) -> Reply:
        if asked.method != "POST" or asked.path not in {"/v2/scrape", "/v1/scrape"}:
            return Reply({"status": "failed", "message": "Not found."}, status=404)
        if not isinstance(asked.body, dict) or asked.body.get("target") not in _TARGETS:
            return UNSUPPORTED
        if asked.body["target"] == "instagram_graphql_post":
            return Reply(envelope(self.posts.get(_shortcode(asked), {})), delay=self.delay)
        handle = _query(asked)
        if handle in self.replies:
            return self.replies[handle]
        content = self.contents.get(handle, user_content(None))
        return Reply(envelope(json.dumps(content) if self.as_text else content), delay=self.delay)


def _query(asked: Asked) -> str:
    return str(asked.body.get("query", "")).lower() if isinstance(asked.body, dict) else ""


def _shortcode(asked: Asked) -> str:
    return str(asked.body.get("url", "")).rstrip("/").rpartition("/")[2]


def _unwrap_results(content: Any) -> Any:
    if isinstance(content, dict) and isinstance(content.get("results"), list):
        return content["results"][0]["content"]
    return content


def _find_username(content: Any) -> str:
    for path in (("data", "user"), ("graphql", "user"), ("user",), ("data", "content", "account"), ()):
        value = content
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, dict) and isinstance(value.get("username"), str):
            return str(value["username"])
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--payloads", type=Path, required=True)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--as-text", action="store_true", help="content as JSON inside a string")
    options = parser.parse_args()
    fake = FakeDecodo(options.port, delay=options.delay, as_text=options.as_text)
    names = fake.load(options.payloads)
    sys.stdout.write(f"{fake.base_url} knows: {', '.join(names) or 'nobody'}\n")
    sys.stdout.flush()
    fake.serve_forever()


if __name__ == "__main__":
    main()
