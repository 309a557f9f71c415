"""How long things may get (STYLE.md, "Size"). Complexity and arguments are ruff's, C901 and PLR0913."""

import ast
import tomllib
from statistics import median, quantiles

from .sources import ROOT, Source, list_sources

FILE_CAP, FUNCTION_CAP = 400, 50
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def product() -> tuple[Source, ...]:
    return list_sources("apps", "config")


def lengths() -> list[tuple[int, str]]:
    return [
        (node.end_lineno - node.lineno + 1, f"{source.at(node)} {node.name}")
        for source in product()
        for node in source.find(*FUNCTIONS)
    ]


def test_no_file_is_too_long():
    assert [
        f"{one.path}: {one.lines}" for one in list_sources("apps", "config", "tests", "bench") if one.lines > FILE_CAP
    ] == []


def test_no_function_is_too_long():
    assert [f"{where}: {length}" for length, where in lengths() if length > FUNCTION_CAP] == []


def test_most_files_are_short():
    """Empty package files do not make the median look good."""
    lines = [source.lines for source in product() if source.lines > 3]

    assert median(lines) <= 60
    assert quantiles(lines, n=10)[8] <= 200


def test_most_functions_are_short():
    found = [length for length, _ in lengths()]

    assert median(found) <= 10
    assert quantiles(found, n=10)[8] <= 25


def test_ruff_holds_the_rest():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]

    assert settings["mccabe"]["max-complexity"] <= 8
    assert settings["pylint"]["max-args"] <= 6
    assert {"C90", "PL"} <= set(settings["select"])


def test_no_module_is_a_drawer():
    drawers = {"utils", "helpers", "common", "managers", "misc"}

    assert [one.path for one in product() if drawers & set(one.path.removesuffix(".py").split("/"))] == []
