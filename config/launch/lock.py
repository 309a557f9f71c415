"""One launcher for one data folder."""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from .console import complain, say

STOPPING = "stopping"
_WAIT_SECONDS = 40


class FolderLock:
    """Held while the launcher lives; the kernel gives it back whatever ends it."""

    def __init__(self, folder: Path, *, what: str) -> None:
        self.path = folder / "lock"
        self._what = what
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take it, waiting only for a holder that is already stopping. Exits with 1 when it is held."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a+")
        deadline = time.monotonic() + _WAIT_SECONDS
        waiting = False
        while not self._try():
            holder, _, state = self._read().partition(" ")
            if state.strip() != STOPPING or time.monotonic() > deadline:
                complain(f"{self._what} already runs in this checkout (process {holder or 'unknown'}). Stop it first.")
                raise SystemExit(1)
            if not waiting:
                say("The previous one is still stopping; waiting for it.")
                waiting = True
            time.sleep(0.2)
        self._write(f"{os.getpid()} running")

    def tell_stopping(self) -> None:
        """Let a new start wait for us instead of giving up."""
        with suppress(OSError):
            self._write(f"{os.getpid()} {STOPPING}")

    def release(self) -> None:
        """Give it back; ending the process does the same."""
        if self._file:
            self._file.close()
            self._file = None

    def _try(self) -> bool:
        try:
            fcntl.flock(self._opened(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _opened(self) -> IO[str]:
        if self._file is None:
            raise RuntimeError("take() opens the file")
        return self._file

    def _read(self) -> str:
        return self.path.read_text()

    def _write(self, text: str) -> None:
        file = self._opened()
        file.seek(0)
        file.truncate()
        file.write(text)
        file.flush()
