"""What one process remembers beside the shared cache: bounded, and safe to forget."""

import threading
import time
from collections import OrderedDict
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """The most recently used values, at most `size`, each for at most `seconds`."""

    def __init__(self, *, size: int, seconds: float) -> None:
        self._size, self._seconds = size, seconds
        self._values: OrderedDict[object, tuple[float, V]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: object) -> V | None:
        with self._lock:
            found = self._values.get(key)
            if found is None or found[0] < time.monotonic():
                return None
            self._values.move_to_end(key)
            return found[1]

    def keep(self, key: object, value: V) -> None:
        with self._lock:
            self._values[key] = (time.monotonic() + self._seconds, value)
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)

    def forget(self, key: object) -> None:
        with self._lock:
            self._values.pop(key, None)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
