"""`make run`: everything from an empty folder to a running product, and its orderly end."""

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.processes import Child, Program, start, stop_all
from config.embedded.valkey import ServerFailed

from .address import Address, choose_address
from .announcement import announce
from .console import complain, say
from .frontend import build_frontend
from .lock import FolderLock
from .payments import payments_program, settle_test_payments, wants_test_payments
from .places import PYTHON, VAR, read_environment
from .programs import Recipe
from .servers import Servers, prepare_servers, start_servers
from .steps import (
    StepFailed,
    Stopped,
    ignore_signals,
    manage,
    raise_when_asked_to_stop,
    run_step,
    stop_if_asked,
)

READY_SECONDS = 120
MAX_RESTARTS = 5
ADDRESSES = VAR / "servers.env"


@dataclass
class Running:
    """What must be stopped in the end."""

    servers: Servers
    children: list[Child] = field(default_factory=list)
    restarts: int = 0

    def stop(self) -> None:
        ADDRESSES.unlink(missing_ok=True)
        stop_all(self.children)
        self.servers.stop()


def run_product() -> int:
    """Start everything and stay until asked to stop (0) or until something breaks (1)."""
    raise_when_asked_to_stop()
    try:
        return _run()
    except Stopped:
        return 0


def _run() -> int:
    environment = read_environment()
    lock = FolderLock(VAR, what="The product")
    lock.take()
    running = Running(prepare_servers(environment=environment, folder=VAR, lasting=True))
    code = 1
    try:
        address = choose_address(environment)
        prepare(running.servers)
        start_programs(running, address)
        announce(address, running.servers.environment)
        watch(running)
    except Stopped:
        code = 0
        say("\nStopping …")
    except ServerFailed as error:
        complain(str(error))
    except StepFailed:
        pass
    finally:
        ignore_signals()
        lock.tell_stopping()
        running.stop()
    if code == 0:
        say("Stopped. The data stay in var/; `make run` goes on with them.")
    return code


def prepare(servers: Servers) -> None:
    """Front end, servers, tables, demo: each does only what is still to be done."""
    build_frontend(servers.environment)
    say("Starting the database and the cache" if not servers.given else "Using the given servers")
    start_servers(servers)
    settle_environment(servers)
    if "DATABASE_URL" in servers.given:
        run_step("check", manage("check", "--database", "default"), environment=servers.environment, echo=False)
    demo = servers.environment.get("DEMO") == "1"
    say("Bringing tables and demo up to date" if demo else "Bringing the tables up to date")
    commands = ["migrate_all", *(["load_demo"] if demo else [])]
    run_step("tables", [str(PYTHON), "-m", "config.launch.tables", *commands], environment=servers.environment)


def settle_environment(servers: Servers) -> None:
    """What follows from the servers: the demo belongs to the embedded database; `manage.py` by hand finds them too."""
    environment = servers.environment
    if servers.postgres:
        environment.setdefault("DEMO", "1")
    metrics = VAR / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(parents=True)
    environment.setdefault("PROMETHEUS_MULTIPROC_DIR", str(metrics))
    names = ("DATABASE_URL", "REDIS_URL", "DEMO")
    write_private(ADDRESSES, "".join(f"{name}={environment[name]}\n" for name in names if name in environment))


def write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)


def start_programs(running: Running, address: Address) -> None:
    """The web server first: the others would only take the cores from it until it answers."""
    say("Starting web, workers and beat")
    environment = running.servers.environment
    if not address.is_local:
        environment.setdefault("ALLOWED_HOSTS", "*" if address.host in {"0.0.0.0", "::"} else address.host)  # noqa: S104
    if wants_test_payments(environment):
        port = settle_test_payments(environment)
        start_anew(running, payments_program(environment, address=address, port=port))
    recipe = Recipe(environment)
    start_anew(running, recipe.web(address))
    wait_until_ready(running, address)
    for program in (recipe.worker(), recipe.analyst(), recipe.background(), recipe.beat()):
        start_anew(running, program)


def start_anew(running: Running, program: Program) -> None:
    """Start with an empty log."""
    program.log.unlink(missing_ok=True)
    running.children.append(start(program, mark=VAR))


def wait_until_ready(running: Running, address: Address) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not address.is_healthy():
        keep_alive(running)
        if time.monotonic() > deadline:
            complain(f"The web server did not become healthy within {READY_SECONDS} s:")
            complain(running.children[-1].last_lines(25))
            raise StepFailed("web")
        time.sleep(0.2)


def watch(running: Running) -> None:
    """Until a signal comes. Programs that end are started again; without a server there is nothing to go on with."""
    while True:
        time.sleep(1)
        keep_alive(running)


def keep_alive(running: Running) -> None:
    stop_if_asked()
    dead_server = running.servers.find_dead()
    if dead_server:
        complain(f"A server ended by itself: {dead_server}")
        raise StepFailed("servers")
    for index, child in enumerate(running.children):
        if child.is_running:
            continue
        running.restarts += 1
        complain(f"{child.program.name} ended (exit code {child.process.returncode}):\n{child.last_lines()}")
        if running.restarts > MAX_RESTARTS:
            raise StepFailed(child.program.name)
        child.stop()  # what it may have left of its own children
        running.children[index] = start(child.program, mark=VAR)
