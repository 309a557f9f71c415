"""`make check`: everything that a machine can tell without a server."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .console import say
from .frontend import build_frontend
from .places import PROJECT, PYTHON, read_environment
from .steps import StepFailed, Stopped, manage, raise_when_asked_to_stop, run_here

SCHEMA = PROJECT / "docs" / "openapi.yaml"
_NO_SERVER = "127.0.0.1:1"  # nothing listens there: a static check that reaches for a server fails at once
STATIC = {
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "DATABASE_URL": f"postgresql://nobody@{_NO_SERVER}/none",
    "REDIS_URL": f"redis://{_NO_SERVER}/0",
    "DATABASE_POOL_SIZE": "0",
    "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
}
PRODUCTION = {
    **STATIC,
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "check-deploy-needs-some-long-and-varied-value-0123456789-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "example.com",
    "PROFILE_SOURCES": "decodo",
    "DECODO_API_KEY": "none",
    "EMAIL_URL": "smtp://localhost:25",
}


@dataclass(frozen=True, slots=True)
class Check:
    title: str
    command: list[str]
    settings: Mapping[str, str]


def _tool(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", *arguments]


CHECKS = (
    Check("ruff", _tool("ruff", "check"), STATIC),
    Check("ruff format", _tool("ruff", "format", "--check"), STATIC),
    Check("mypy", _tool("mypy"), STATIC),
    Check("imports", [str(PYTHON.with_name("lint-imports")), "--no-cache"], STATIC),
    Check("djlint", _tool("djlint", "--lint", "--quiet", "templates"), STATIC),
    Check("migrations", manage("makemigrations", "--check", "--dry-run"), STATIC),
    Check("deploy", manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    Check("openapi", manage("diff_schema"), STATIC),
    Check(
        "architecture",
        _tool("pytest", "-q", "tests/architecture", "-m", "not server", "-p", "no:cacheprovider"),
        STATIC,
    ),
)


def run_checks(arguments: list[str]) -> int:
    """Run all checks (or those named), show what fails, and say at the end which did."""
    raise_when_asked_to_stop()
    base = read_environment()
    try:
        build_frontend(base)
        failed = [check.title for check in CHECKS if _is_wanted(check, arguments) and not _passes(check, base)]
    except Stopped:
        return 130
    except StepFailed:
        return 1
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def _is_wanted(check: Check, arguments: list[str]) -> bool:
    return not arguments or check.title in arguments


def _passes(check: Check, base: Mapping[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        check.command, env={**base, **check.settings}, cwd=PROJECT, capture_output=True, text=True, check=False
    )
    took = time.monotonic() - started
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {check.title:<14} {took:5.1f} s")
    if done.returncode:
        say(done.stdout + done.stderr)
    return done.returncode == 0


def format_code(_arguments: list[str]) -> int:
    """Bring the code into the house's format."""
    base = {**os.environ, **STATIC}
    commands = (_tool("ruff", "check", "--fix", "--quiet"), _tool("ruff", "format", "--quiet"))
    codes = [run_here(command, environment=base) for command in commands]
    return max(codes)


def write_schema(_arguments: list[str]) -> int:
    """Write docs/openapi.yaml anew from the code."""
    SCHEMA.parent.mkdir(exist_ok=True)
    return run_here(manage("diff_schema", "--write"), environment={**os.environ, **STATIC})


def evaluate_engines(arguments: list[str]) -> int:
    """Print how the engines do on the labelled texts."""
    return run_here(manage("evaluate_engines", *arguments), environment={**os.environ, **STATIC})


def fetch_models(arguments: list[str]) -> int:
    """Bring the large models from the hub; what `.env` says of it counts."""
    return run_here(manage("fetch_models", *arguments), environment={**read_environment(), **STATIC})


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "check": run_checks,
    "eval": evaluate_engines,
    "fmt": format_code,
    "models": fetch_models,
    "schema": write_schema,
}
