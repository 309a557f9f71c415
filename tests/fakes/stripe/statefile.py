"""The fake's memory between two runs: one JSON file, replaced as a whole."""

import json
import os
from pathlib import Path
from typing import Any

from .idempotency import Keys
from .world import World

KEEP_EVENTS, KEEP_KEYS = 3000, 3000


class StateFile:
    """Where a world and its idempotency keys are kept. Without a path nothing is."""

    def __init__(self, path: Path | None, world: World, keys: Keys) -> None:
        self.path, self.world, self.keys = path, world, keys

    def load(self) -> bool:
        """Whether there was something."""
        if self.path is None or not self.path.exists():
            return False
        state: dict[str, Any] = json.loads(self.path.read_text())
        self.world.items.update({one["id"]: one for one in state["items"]})
        self.world.clock.shift, self.world.clock.seen = state["shift"], state["seen"]
        self.keys.known.update(state["keys"])
        return True

    def save(self) -> None:
        """Write when something changed. Called under the world's lock."""
        if self.path is None or not self.world.changed:
            return
        self._trim()
        clock = self.world.clock
        state = {
            "shift": clock.shift,
            "seen": clock.seen,
            "keys": self.keys.known,
            "items": list(self.world.items.values()),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(state, file, separators=(",", ":"))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
        self.world.changed = False

    def _trim(self) -> None:
        """Old events and keys are forgotten, as at Stripe after 30 days and a day."""
        events = [one for one in self.world.every("event") if not one.get("_waiting")]
        for one in events[:-KEEP_EVENTS]:
            self.world.forget(one)
        for key in list(self.keys.known)[:-KEEP_KEYS]:
            del self.keys.known[key]
