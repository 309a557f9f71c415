"""Idempotency keys: the same answer to the same request, and no to another one under the same key."""

import copy
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import Refusal, key_in_use, key_reused

Outcome = tuple[int, dict[str, Any]]


@dataclass
class Keys:
    """What was answered under each key. `known` is what a state file keeps."""

    known: dict[str, Any] = field(default_factory=dict)
    _running: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer_once(self, key: str, asked: list[Any], act: Callable[[], Outcome]) -> tuple[Outcome, bool]:
        """The outcome of `act`, and whether it is a repetition."""
        with self._lock:
            if key in self._running:
                raise key_in_use(key)
            if key in self.known:
                before = self.known[key]
                if before["asked"] != asked:
                    raise key_reused(key)
                return (before["status"], copy.deepcopy(before["body"])), True
            self._running.add(key)
        try:
            outcome = self._run(key, asked, act)
        finally:
            with self._lock:
                self._running.discard(key)
        return outcome, False

    def _run(self, key: str, asked: list[Any], act: Callable[[], Outcome]) -> Outcome:
        try:
            status, body = act()
        except Refusal as refusal:
            if not refusal.keep:
                raise
            status, body = refusal.status, refusal.body
        self.known[key] = {"asked": asked, "status": status, "body": copy.deepcopy(body)}
        return status, body
