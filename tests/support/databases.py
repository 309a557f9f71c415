"""A migrated, seeded database for each test process in a fraction of a second.

The first run after a change of migrations makes a template database on the same server; every process clones it. A
session advisory lock (in the server's `postgres` database) says that a template or a clone is in use, so that what was
left by a killed run can be told from what is needed, and two processes never make the same template.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from apps.teams.services import refill_stock

from .seeds import Seeds

ROOT = Path(__file__).resolve().parents[2]
READY_SCHEMAS = 4
_TEMPLATE_PREFIX = "test_template_"
_CLONE_PREFIX = "test_run_"


class TestDatabase:
    """The database of this process: made, and made again after a test that committed."""

    __test__ = False

    def __init__(self, worker: str) -> None:
        self.server_url = settings.DATABASE_URL
        base = urlsplit(self.server_url).path.lstrip("/")
        self.name = f"{_CLONE_PREFIX}{base[:24]}_{worker}_{os.getpid()}"
        self.template = f"{_TEMPLATE_PREFIX}{fingerprint_project()}"
        self.admin = psycopg.connect(replace_database(self.server_url, "postgres"), autocommit=True)

    def create(self) -> None:
        self._lock(self.name)
        self._ensure_template()
        self._drop_leftovers()
        self._clone()
        self.seeds = Seeds(replace_database(self.server_url, self.name))

    def renew(self) -> None:
        """Take back what a test committed into tables."""
        connections.close_all()
        self.seeds.put_back()
        refill_stock(wanted=READY_SCHEMAS)

    def destroy(self) -> None:
        connections.close_all()
        connection.pool.close(timeout=0)
        self._drop(self.name)
        self.admin.close()

    def _clone(self) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", self.name, self.template)
        connection.settings_dict["NAME"] = self.name
        os.environ["DATABASE_URL"] = replace_database(self.server_url, self.name)

    def _ensure_template(self) -> None:
        """Make the template under an exclusive lock, then hold a shared one for as long as this process lives."""
        with self._holding(f"make {self.template}"):
            if not self._exists(self.template):
                self._make_template()
            self.admin.execute("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", [self.template])

    def _make_template(self) -> None:
        unfinished = f"{self.template}_unfinished"
        self._drop(unfinished)
        self._run("CREATE DATABASE {}", unfinished)
        environment = {**os.environ, "DATABASE_URL": replace_database(self.server_url, unfinished)}
        command = [sys.executable, "manage.py", "migrate_all", "--stock", str(READY_SCHEMAS)]
        made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if made.returncode:
            raise RuntimeError(f"migrate_all failed on the test template:\n{made.stdout}{made.stderr}")
        self._run("ALTER DATABASE {} ALLOW_CONNECTIONS false", unfinished)
        self._run("ALTER DATABASE {} RENAME TO {}", unfinished, self.template)

    def _drop_leftovers(self) -> None:
        """Drop templates of other migrations and clones of dead runs: those whose lock nobody holds."""
        rows = self.admin.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) OR starts_with(datname, %s)",
            [_TEMPLATE_PREFIX, _CLONE_PREFIX],
        ).fetchall()
        for (name,) in rows:
            if name in {self.name, self.template} or name.endswith("_unfinished"):
                continue
            if self._try_lock(name):
                self._drop(name)
                self._unlock(name)

    @contextmanager
    def _holding(self, name: str) -> Iterator[None]:
        self._lock(name)
        try:
            yield
        finally:
            self._unlock(name)

    def _lock(self, name: str) -> None:
        self.admin.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])

    def _try_lock(self, name: str) -> bool:
        row = self.admin.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name]).fetchone()
        return bool(row and row[0])

    def _unlock(self, name: str) -> None:
        self.admin.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])

    def _exists(self, name: str) -> bool:
        return self.admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def _drop(self, name: str) -> None:
        """End our own connections first. Not WITH (FORCE): it fails, unless a superuser asks, where autovacuum is at
        work; the plain form makes autovacuum stop and waits for it.
        """
        self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [name],
        )
        self._run("DROP DATABASE IF EXISTS {}", name)

    def _run(self, statement: str, *names: str) -> None:
        self.admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def replace_database(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def fingerprint_project() -> str:
    """Every migration of every app by name, and our own by content, with what makes the template from them."""
    digest = hashlib.sha256(f"{READY_SCHEMAS} {settings.TENANT_APPS} {settings.SHARED_APPS}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted((Path(config.path) / "migrations").glob("[0-9]*.py")):
            digest.update(f"{config.label}.{path.name}\n".encode())
            if config.name.startswith("apps."):
                digest.update(path.read_bytes())
    for path in sorted((ROOT / "apps/teams/services").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
