"""Similar creators: how long the product's own query takes over 200,000, and how many of the true ten it finds.

The database is made once and kept; BENCH_CREATORS and BENCH_QUERIES change the size. CPU is what client and server
computed together: what the query takes where the machine is busy with other things.
"""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.servers import ROOT

CREATORS = int(os.environ.get("BENCH_CREATORS", "200000"))
QUERIES = int(os.environ.get("BENCH_QUERIES", "300"))
MOST_MS, LEAST_RECALL = 50, 0.95


def run() -> None:
    """Fill a database of its own unless it is there, and print latency and recall for each kind of filter."""
    name = f"bench_similar_{CREATORS}"
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            _make(admin, name, url)
    _migrate(url)
    answer = json.loads(_step("measure", url, stdout=subprocess.PIPE))
    _print(answer)


def _make(admin: psycopg.Connection, name: str, url: str) -> None:
    unfinished = f"{name}_unfinished"
    admin.execute(f"DROP DATABASE IF EXISTS {unfinished}")
    admin.execute(f"CREATE DATABASE {unfinished}")
    own = urlunsplit(urlsplit(url)._replace(path=f"/{unfinished}"))
    _migrate(own)
    _step("fill", own)
    admin.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate_all", "--stock", "0"], cwd=ROOT, check=True, env=_environment(url)
    )


def _step(name: str, url: str, *, stdout: int | None = None) -> str:
    command = [sys.executable, "-m", "bench.similar_steps", name, str(CREATORS), str(QUERIES)]
    done = subprocess.run(command, cwd=ROOT, env=_environment(url), check=True, stdout=stdout, text=True)
    return done.stdout


def _environment(url: str) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "LOG_LEVEL": "ERROR", "DATABASE_POOL_SIZE": "0"}
    return {**os.environ, **settings, "DATABASE_URL": url}


def _print(answer: dict) -> None:
    print(f"\nSimilar creators among {answer['creators']:,} (384 dimensions, {answer['queries']} queries each)")
    print(f"{'filter':34}{'p50':>10}{'p95':>10}{'CPU p95':>11}{'recall@10':>12}{'fitting':>10}")
    for row in answer["rows"]:
        slow = "" if row["p95"] < MOST_MS and row["recall"] >= LEAST_RECALL else "   MISSED"
        print(
            f"{row['name']:34}{row['p50']:7.1f} ms{row['p95']:7.1f} ms{row['cpu']:8.1f} ms"
            f"{row['recall']:12.4f}{row['fitting']:10.1%}{slow}"
        )
    print(f"target: p95 < {MOST_MS} ms, recall@10 ≥ {LEAST_RECALL}; load of the machine {os.getloadavg()[0]:.1f}")
