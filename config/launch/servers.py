"""The database and the cache of one run: those given by the environment, else embedded ones."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.postgres import Postgres
from config.embedded.processes import end_leftovers
from config.embedded.valkey import Valkey

from .console import complain, say
from .places import PROJECT

_SPACE_NEEDED = 500_000_000


@dataclass
class Servers:
    """What was started, and the environment that leads to it."""

    environment: dict[str, str]
    postgres: Postgres | None = None
    valkey: Valkey | None = None
    given: list[str] = field(default_factory=list)

    def stop(self) -> None:
        """The cache first: nobody uses the database for it."""
        for server in (self.valkey, self.postgres):
            if server:
                server.stop()

    def find_dead(self) -> str:
        """The name of a server that ended by itself, or ""."""
        for server in (self.postgres, self.valkey):
            if server and server.child and not server.child.is_running:
                return f"{server.child.program.name}:\n{server.child.last_lines()}"
        return ""


def prepare_servers(*, environment: Mapping[str, str], folder: Path, lasting: bool) -> Servers:
    """Decide what is embedded, and end what a killed launcher left in `folder`. Nothing is started yet."""
    servers = Servers(environment=dict(environment))
    ended = end_leftovers(folder)
    if ended:
        say(f"Ended {ended} processes that an earlier run left behind.")
    servers.given = [name for name in ("DATABASE_URL", "REDIS_URL") if environment.get(name)]
    if "DATABASE_URL" not in servers.given:
        require_own(folder / "postgres")
        servers.postgres = Postgres(
            folder / "postgres", home=PROJECT, mark=folder, environment=environment, tell=say, lasting=lasting
        )
    if "REDIS_URL" not in servers.given:
        require_own(folder / "valkey")
        servers.valkey = Valkey(folder / "valkey", mark=folder, environment=environment, lasting=lasting)
    return servers


def start_servers(servers: Servers) -> None:
    """Start what is embedded and write its addresses into the environment."""
    if servers.postgres:
        if not (servers.postgres.folder / "data").exists():
            require_space(servers.postgres.folder.parent)
            say("Making the database (some seconds, once)")
        servers.postgres.start()
        servers.environment["DATABASE_URL"] = servers.postgres.url
    if servers.valkey:
        servers.valkey.start()
        servers.environment["REDIS_URL"] = servers.valkey.url
        servers.environment.pop("REDIS_PASSWORD", None)


def require_space(folder: Path) -> None:
    if shutil.disk_usage(folder).free < _SPACE_NEEDED:
        complain(f"Less than {_SPACE_NEEDED // 1_000_000} MB are free under {folder}.")
        raise SystemExit(1)


def require_own(folder: Path) -> None:
    """An ordinary user cannot use what root's run made."""
    if os.geteuid() == 0:
        return
    for path in (folder, *(folder.iterdir() if folder.exists() and os.access(folder, os.R_OK | os.X_OK) else ())):
        if path.exists() and path.stat().st_uid != os.geteuid():
            complain(f"{path} belongs to another user. Run as that user, or hand all over: chown -R $USER '{PROJECT}'")
            raise SystemExit(1)
