"""Making a team by stock, by replay and by migrations; migrating 300 teams by replay and by the standard command."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.servers import ROOT

DATABASE = "bench_teams"
TEAMS = int(os.environ.get("BENCH_TEAMS", "300"))


def run() -> None:
    """Work in a database of its own, made anew, and print the figures with their ratios."""
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{DATABASE}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        admin.execute(f"CREATE DATABASE {DATABASE}")
        made = _step("make", settings="bench.settings_before", url=url)
        migrated = _step("migrate", settings="bench.settings_after", url=url)
        admin.execute(f"DROP DATABASE {DATABASE}")
    _print_made(made)
    _print_migrated(migrated)


def _step(name: str, *, settings: str, url: str) -> dict[str, float]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "bench.team_steps", name, str(TEAMS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _print_made(made: dict[str, float]) -> None:
    print(f"\nMaking a team ({made['tables']:.0f} tables, {made['migrations']:.0f} migrations), median")
    for way in ("by stock", "by replay", "by migrations"):
        ratio = made["by migrations"] / made[way]
        print(f"{way:20}{made[way] * 1000:12,.1f} ms   {ratio:8,.1f} × as fast as migrations")


def _print_migrated(migrated: dict[str, float]) -> None:
    slow = migrated["standard_each"] * TEAMS
    print(f"\nMigrating {TEAMS} teams (add a column and an index)")
    print(f"{'who is behind':20}{migrated['find'] * 1000:12,.0f} ms")
    print(f"{'migrate_all':20}{migrated['replay']:12,.1f} s")
    sample = f"{migrated['sample']:.0f} teams measured, times {TEAMS}"
    print(f"{'migrate_schemas':20}{slow:12,.1f} s   {slow / migrated['replay']:.1f} × as long ({sample})")
    print(f"{'nothing to do':20}{migrated['idle']:12,.2f} s")
