"""The project's own Python files, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One file: its place in the tree, its text and its syntax."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def app(self) -> str | None:
        """The app it belongs to, or None."""
        parts = self.path.split("/")
        return parts[1] if parts[0] == "apps" and len(parts) > 2 else None

    @property
    def part(self) -> str | None:
        """`services` for apps/x/services.py and for everything under apps/x/services/."""
        return self.path.split("/")[2].removesuffix(".py") if self.app else None

    def find(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in _walk(self.path, self.tree) if isinstance(node, kinds))

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


_walked: dict[str, list[ast.AST]] = {}


def _walk(path: str, tree: ast.Module) -> list[ast.AST]:
    """Every test looks at every node: the tree is flattened once."""
    if path not in _walked:
        _walked[path] = list(ast.walk(tree))
    return _walked[path]


@cache
def list_sources(*folders: str) -> tuple[Source, ...]:
    """Every file below the folders, without migrations."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    relative = [(path, path.relative_to(ROOT).as_posix()) for path in paths]
    return tuple(
        Source(name, text := path.read_text(), ast.parse(text, name))
        for path, name in relative
        if "/migrations/" not in name
    )


def list_imports(source: Source) -> Iterator[tuple[str, ast.AST]]:
    """Every module a file imports, relative names made absolute, with the names taken from it appended."""
    package = source.path.removesuffix(".py").removesuffix("/__init__").split("/")
    for node in source.find(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + source.path.endswith("/__init__.py")] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).rstrip(".")
            yield from ((f"{module}.{alias.name}", node) for alias in node.names)
