"""Which environment variables the code reads, told from its syntax."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
UNKNOWN = object()
# Belong to the machine or the tools, not to the product.
FOREIGN = {"PATH", "NODE_OPTIONS", "PYTEST_XDIST_WORKER", "LC_ALL", "HOME"}


@dataclass(frozen=True)
class Reading:
    """A variable that is read, and its default where that is a plain value."""

    name: str
    default: Any
    where: str


def list_readings() -> list[Reading]:
    """Everything read through `env.` in the settings and through the environment's mapping elsewhere."""
    files = [*ROOT.glob("config/**/*.py"), *ROOT.glob("apps/**/*.py"), ROOT / "manage.py"]
    found = [reading for path in files for reading in _list_in(path)]
    return [reading for reading in found if reading.name not in FOREIGN]


def _list_in(path: Path) -> Iterator[Reading]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        owner = ast.unparse(node.func.value)
        named = node.args[0]
        if not isinstance(named, ast.Constant) or not isinstance(named.value, str) or not named.value.isupper():
            continue
        where = f"{path.relative_to(ROOT)}:{node.lineno}"
        if owner == "env":
            yield Reading(named.value, _read_default(node), where)
        elif owner.rpartition(".")[2] in {"environ", "environment"} and node.func.attr in {"get", "setdefault"}:
            yield Reading(named.value, UNKNOWN, where)


def _read_default(call: ast.Call) -> Any:
    if len(call.args) < 2:
        return UNKNOWN
    try:
        return ast.literal_eval(call.args[1])
    except ValueError:
        return UNKNOWN


def list_documented() -> dict[str, tuple[str, str]]:
    """Name → (default as written, the comment above it) of `.env.example`."""
    found: dict[str, tuple[str, str]] = {}
    comment = ""
    for line in (ROOT / ".env.example").read_text().splitlines():
        name, equals, value = line.removeprefix("# ").partition("=")
        if equals and name.isupper() and " " not in name:
            found[name] = (value, comment)
        elif line.startswith("# "):
            comment = line.removeprefix("# ")
    return found
