"""Trouble on demand: answers 5xx, hangs up, or is slow, before or after the work is done."""

import threading
from dataclasses import dataclass

from tests.fakes.serving import Reply

BROKEN = {"error": {"type": "api_error", "message": "An error occurred internally with Stripe."}}


@dataclass
class Planned:
    """For the next `times` requests to paths beginning with `path`. `after`: the work is done, the answer is lost."""

    reply: Reply
    times: int
    path: str = "/v1/"
    method: str = ""
    after: bool = False


class Trouble:
    """The list of what is to go wrong."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []
        self._lock = threading.Lock()

    def plan(self, *, status: int = 500, times: int = 1, path: str = "/v1/", method: str = "", after: bool = False,
             hang_up: bool = False, delay: float = 0.0) -> None:  # fmt: skip
        """`hang_up` closes the connection instead of answering."""
        headers = {"Stripe-Should-Retry": "true"} if status >= 500 else {}
        reply = Reply(BROKEN, status=status, headers=headers, drop=hang_up, delay=delay)
        with self._lock:
            self._planned.append(Planned(reply, times, path, method, after))

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()

    def find(self, method: str, path: str) -> Planned | None:
        with self._lock:
            for one in self._planned:
                if path.startswith(one.path) and one.method in {"", method} and one.times > 0:
                    one.times -= 1
                    return one
        return None
