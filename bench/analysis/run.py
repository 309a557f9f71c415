"""Puts the steps together and prints the figures with what they are held against."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg

from bench.analysis.latency import Visitor
from bench.load import Target, wait_until_ready
from bench.servers import ROOT, free_port, granian, running

DATABASE = "bench_analysis"
MODELS = ROOT / "var" / "bench" / "models"
POSTS = int(os.environ.get("BENCH_POSTS", "64"))
PLAIN = int(os.environ.get("BENCH_PLAIN_POSTS", "3"))
LOCAL = int(os.environ.get("BENCH_LOCAL_POSTS", "200"))
IDLE_SECONDS = 20
CORES = 2


def run() -> None:
    """Full-size models, a database of its own, the analyst as the Procfile starts it, and a web server beside it."""
    print(f"\nAnalysis; load of the machine before: {_load()}", flush=True)
    environment = _prepare()
    _print_local("full captions", _step(environment, "local", "full", LOCAL), aim=10)
    _print_local("up to 140 characters", _step(environment, "local", "short", LOCAL), aim=30)
    plain = _step(environment, "plain", PLAIN)
    print(f"{'':32}{'posts/h':>10}{'by work':>10}   (what {CORES} cores to itself would give)")
    _print_hourly("three plain pipelines", plain)
    with ExitStack() as stack:
        port = free_port()
        stack.enter_context(running(granian("config.wsgi:application", port), env=environment))
        page = f"http://127.0.0.1:{port}/"
        wait_until_ready(Target("site", page), seconds=180)
        idle = _visit(page)
        analyst = stack.enter_context(_Analyst(environment))
        _step(environment, "job", 0)  # returns when the models are loaded
        before = analyst.worked()
        with Visitor(page) as busy:
            done = _step(environment, "job", POSTS)
        done["worked"] = analyst.worked() - before
        _print(plain, done, analyst.peak_mb())
        _print_latency(idle, busy)
    print(f"load of the machine after: {_load()}", flush=True)


class _Analyst:
    """The worker of the analysis queue."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def __enter__(self) -> "_Analyst":
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-n", "analyst@bench", "-c", "1"]
        command += ["-Q", "analysis,batch", "--without-gossip", "--without-mingle", "-l", "warning"]
        log = (ROOT / "var" / "bench" / "analyst.log").open("w")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def peak_mb(self) -> int:
        """The most that one of its processes ever had in memory."""
        return max(_read_peak(member.pid) for member in self._members())

    def worked(self) -> float:
        """Seconds that the cores have worked for it."""
        times = [member.cpu_times() for member in self._members()]
        return sum(one.user + one.system for one in times)

    def _members(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


def _read_peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def _prepare() -> dict[str, str]:
    """The environment of all steps, with models and an empty database."""
    if not (MODELS / "built").exists():
        print("Building the models (3.3 GB of random weights, once) …", flush=True)
        subprocess.run([sys.executable, "-m", "bench.analysis.models", MODELS], cwd=ROOT, check=True)
        (MODELS / "built").touch()
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{DATABASE}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {DATABASE}")
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DATABASE_POOL_SIZE": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "LOG_LEVEL": "INFO",
        "AI_MODELS_CACHE_DIR": str(MODELS),
        "AI_ENGINES": "transformers,rules",
        "AI_MAX_WORKERS": "1",
        "OMP_WAIT_POLICY": "passive",
        "PROFILE_SOURCES": "sandbox",
        "DEMO": "1",
    }
    quiet = {**environment, "LOG_LEVEL": "ERROR"}
    subprocess.run([sys.executable, "manage.py", "migrate_all"], cwd=ROOT, env=quiet, check=True, stdout=sys.stderr)
    return environment


def _step(environment: dict[str, str], *arguments: object) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.analysis.steps", *map(str, arguments)]
    quiet = {**environment, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def _visit(page: str) -> Visitor:
    with Visitor(page) as visitor:
        time.sleep(IDLE_SECONDS)
    return visitor


def _rate(done: dict) -> float:
    return done["posts"] / done["seconds"]


def _rate_alone(done: dict) -> float:
    """As fast as it would be with both cores to itself: from the time that they worked for it, not what passed."""
    return done["posts"] / (done["worked"] / CORES)


def _print_local(what: str, done: dict, *, aim: int) -> None:
    print(f"local, {what:24}{_rate(done):10.1f} posts/s   by work {_rate_alone(done):.1f}   (aim {aim})", flush=True)


def _print_hourly(what: str, done: dict) -> None:
    print(f"{what:32}{3600 * _rate(done):10,.0f}{3600 * _rate_alone(done):10,.0f}", flush=True)


def _print(plain: dict, done: dict, peak_mb: int) -> None:
    _print_hourly("transformers, through the job", done)
    engines = ", ".join(f"{one['engine']} {one['posts']}" for one in done["engines"])
    print(f"  aim 1,200; read by {engines}")
    factors = _rate(done) / _rate(plain), _rate_alone(done) / _rate_alone(plain)
    print(f"the job is so many times as fast{factors[0]:10.1f}{factors[1]:10.1f}")
    print(f"memory of the worker            {peak_mb:10,} MB   (at most 6,144)")
    for line in (ROOT / "var" / "bench" / "analyst.log").read_text().splitlines():
        if "analysis.precision_chosen" in line or "analysis.models_loaded" in line:
            print(f"  {line}")


def _print_latency(idle: Visitor, busy: Visitor) -> None:
    for name in ("median", "p95"):
        quiet, loaded = getattr(idle, name), getattr(busy, name)
        ratio = loaded / quiet
        print(f"a page, {name:22}{quiet:10.1f} ms idle, {loaded:.1f} ms meanwhile: {ratio:.2f} × (at most 1.5)")


def _load() -> str:
    return ", ".join(f"{one:.2f}" for one in os.getloadavg())
