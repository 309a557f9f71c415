"""Cached reports per second: the product, a plain FastAPI service doing the same, a bare view, the server's ceiling.

All four answer the same bytes from the same machine with the same number of worker processes, pressed in turn.
"""

import json
import os
import subprocess
import sys
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.load import Target, press_in_turn, wait_until_ready
from bench.servers import ROOT, WORKERS, free_port, granian, running, uvicorn

ACCOUNT = {"email": "owner@premium.example", "password": "demo-password-1"}
FOLDER = ROOT / "var" / "bench"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "5"))
SECRET = "bench-only-secret-that-is-long-enough-for-hs256"


def run() -> None:
    """Load the demo, start the four servers, press them in turn and print rates and ratios."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _manage("migrate_all")
    _manage("load_demo")
    product_env = {"DEMO": "1", "LOG_LEVEL": "ERROR", "PROFILE_SOURCES": "sandbox", "API_RATE_USER": "60000000/m"}
    with ExitStack() as stack:
        product = _start_product(stack, product_env)
        body_path = FOLDER / "report.json"
        body_path.write_bytes(wait_until_ready(product))
        others = [
            _start_peer(stack, product, body_path),
            _start_wsgi(stack, "bare Django view", "bench.wsgi.bare_django:application", product, body_path),
            _start_wsgi(stack, "server's ceiling", "bench.wsgi.ceiling:application", product, body_path),
        ]
        for target in others:
            if wait_until_ready(target) != body_path.read_bytes():
                sys.exit(f"bench: {target.name} answers something else")
        press_in_turn([product, *others], rounds=ROUNDS, seconds=SECONDS)
        _print(product, others, body_path.stat().st_size)


def _start_product(stack: ExitStack, env: dict[str, str]) -> Target:
    port = free_port()
    stack.enter_context(running(granian("config.wsgi:application", port), env=env))
    base = f"http://127.0.0.1:{port}"
    wait_until_ready(Target("product", f"{base}/api/health"))
    answer = _post(f"{base}/api/v1/auth/login", ACCOUNT)
    headers = {"Authorization": f"Bearer {answer['access']}", "X-Team": answer["teams"][0]["slug"]}
    unlocked = json.loads(wait_until_ready(Target("product", f"{base}/api/v1/discovery/unlocked", headers)))
    username = unlocked["results"][0]["username"]
    return Target("product", f"{base}/api/v1/instagram/profile/{username}", headers)


def _start_peer(stack: ExitStack, product: Target, body_path: Path) -> Target:
    python = _peer_python()
    database = urlsplit(os.environ["DATABASE_URL"])._replace(scheme="postgresql+asyncpg")
    env = {
        "PEER_DATABASE_URL": urlunsplit(database),
        "PEER_REDIS_URL": os.environ["REDIS_URL"],
        "PEER_SECRET": SECRET,
    }
    username, team = product.url.rsplit("/", 1)[1], product.headers["X-Team"]
    seed = [python, "-m", "bench.peers.seed", username, str(body_path), team]
    token = subprocess.run(seed, cwd=ROOT, env={**os.environ, **env}, check=True, capture_output=True, text=True).stdout
    port = free_port()
    stack.enter_context(running(uvicorn(python, "bench.peers.fastapi_report:app", port), env=env))
    url = f"http://127.0.0.1:{port}/api/v1/instagram/profile/{username}"
    return Target("FastAPI peer", url, {"Authorization": f"Bearer {token.strip()}", "X-Team": team})


def _start_wsgi(stack: ExitStack, name: str, application: str, product: Target, body_path: Path) -> Target:
    port = free_port()
    stack.enter_context(running(granian(application, port), env={"BENCH_BODY": str(body_path)}))
    return Target(name, f"http://127.0.0.1:{port}/api/v1/instagram/profile/{product.url.rsplit('/', 1)[1]}")


def _peer_python() -> str:
    """The peer's own interpreter, installed on first use."""
    python = FOLDER / "venv" / "bin" / "python"
    stamp = FOLDER / "venv" / "installed"
    wanted = (ROOT / "bench" / "requirements.txt").read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Installing the peer …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER / "venv"], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "-r", ROOT / "bench" / "requirements.txt"]
        subprocess.run(install, check=True)
        stamp.write_text(wanted)
    return str(python)


def _manage(command: str) -> None:
    environment = {**os.environ, "DEMO": "1", "LOG_LEVEL": "ERROR"}
    subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=environment, check=True)


def _post(url: str, body: dict[str, str]) -> dict[str, object]:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def _print(product: Target, others: list[Target], size: int) -> None:
    print(
        f"\nCached report, {size:,} bytes, {WORKERS} worker processes, 16 connections, {ROUNDS} rounds of {SECONDS} s"
    )
    print(f"{'':20}{'requests/s':>12}{'p99 ms':>9}  product ÷ it")
    for target in [product, *others]:
        print(f"{target.name:20}{target.rate:12,.0f}{target.p99:9.1f}  {product.rate / target.rate:.2f}")
