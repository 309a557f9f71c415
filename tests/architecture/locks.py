"""Every place where money's code locks something, or writes only if nobody wrote before: found by reading the source.

- row locks: `select_for_update`, FOR UPDATE or FOR SHARE in SQL, `locking=True`; and advisory ones
- locks of the cache: `nx=True`, `cache.add`, `.lock()`
- calls of the functions that are named after the lock they take: `lock_account`, `_lock`
- guards: `filter(state=…).update(state=…)` on one and the same column, and a comparison of the row's `sync_number`
"""

import ast
import re
from collections.abc import Iterator

from .sources import list_sources

APPS = ("apps/credits", "apps/billing", "apps/plans")
_SQL = re.compile(r"\bFOR (NO KEY )?UPDATE\b|\bFOR (KEY )?SHARE\b|\badvisory|\bLOCK TABLE\b|pg_try_")
_LOCKER = re.compile(r"(^|_)lock(_|$)")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def list_locks() -> dict[str, set[str]]:
    """Function → what it locks with: `{"billing.services.manual.start_manual": {"lock_account"}}`."""
    found: dict[str, set[str]] = {}
    for source in list_sources(*APPS):
        module = source.path.removeprefix("apps/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name, function in _list_functions(source.tree, module):
            if ways := set(_find_ways(function)):
                found[name] = ways
    return found


def _list_functions(tree: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    """Those of the module and of its classes; what is defined inside a function belongs to it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield f"{prefix}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _list_functions(node, f"{prefix}.{node.name}")


def _find_ways(function: Function) -> Iterator[str]:
    for node in (inner for statement in _without_docstring(function) for inner in ast.walk(statement)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value):
            yield "SQL"
        elif isinstance(node, ast.Compare) and any(_names(part) == "sync_number" for part in ast.walk(node)):
            yield "sync_number"
        elif isinstance(node, ast.Call):
            yield from _find_in_call(node)


def _find_in_call(call: ast.Call) -> Iterator[str]:
    name = _names(call.func)
    if name in {"select_for_update", "setnx"} or _LOCKER.search(name):
        yield name
    if any(word.arg in {"nx", "locking"} and _is_true(word.value) for word in call.keywords):
        yield name
    if name == "add" and isinstance(call.func, ast.Attribute) and "cache" in _names(call.func.value):
        yield "cache.add"
    if name == "update" and (columns := _filtered(call.func) & {word.arg for word in call.keywords}):
        yield f"guard of {', '.join(sorted(map(str, columns)))}"


def _filtered(node: ast.AST) -> set[str | None]:
    """The columns that the chain of calls before asks for."""
    columns: set[str | None] = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Call):
            columns |= {(word.arg or "").partition("__")[0] for word in node.keywords}
            node = node.func
        else:
            node = node.value
    return columns


def _names(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_true(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _without_docstring(function: Function) -> list[ast.stmt]:
    return function.body[1:] if ast.get_docstring(function) is not None else function.body
