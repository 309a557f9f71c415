"""Forms that lead astray are not written: team switches outside of the door, raw SET, patched services, `requests`."""

import ast
import re

from .sources import Source, list_imports, list_sources

# The door, the schemas' own services and the tests of both enter a schema; nothing else does.
MAY_SWITCH = ("apps/teams/access/", "apps/teams/services/", "apps/teams/management/commands/migrate_all.py")
SWITCHES = {"set_tenant", "set_schema", "set_schema_to_public", "activate", "deactivate"}
CONTEXTS = {"tenant_context", "schema_context", "tenant_migration"}
EVERYTHING = {"Exception", "BaseException"}
RAW_SET = re.compile(
    r"\s*(SET\s+(SESSION\s+|LOCAL\s+)?(search_path|ROLE|SESSION)|RESET\s+(ALL|search_path|ROLE|SESSION)|DISCARD\s+ALL)\b",
    re.IGNORECASE,
)


def product() -> tuple[Source, ...]:
    return list_sources("apps", "config")


def may_switch(source: Source) -> bool:
    return source.path.startswith(MAY_SWITCH)


def test_nobody_writes_with_team():
    """`with team:` shares a list between threads (tests/teams/test_forbidden_forms.py)."""
    found = [
        source.at(node)
        for source in list_sources("apps", "config", "bench")
        for node in source.find(ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Name | ast.Attribute) and "team" in ast.unparse(item.context_expr).lower()
    ]
    assert found == []


def test_contexts_are_no_decorators():
    found = [
        source.at(node)
        for source in list_sources("apps", "config", "bench")
        for node in source.find(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        for decorator in node.decorator_list
        if any(name in ast.unparse(decorator) for name in CONTEXTS)
    ]
    assert found == []


def test_only_the_door_enters_a_team():
    found = [
        source.at(node)
        for source in product()
        if not may_switch(source)
        for node in source.find(ast.Call)
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in SWITCHES
            and "connection" in ast.unparse(node.func)
        )
        or ast.unparse(node.func).rpartition(".")[2] in CONTEXTS
    ]
    assert found == []


def test_nobody_writes_a_raw_set():
    """One SET a switch is right only while nobody else sets the path; the pool's reset hook is the one exception."""
    found = [
        source.at(node)
        for source in product()
        if source.path != "config/settings/parts/database.py"
        for node in source.find(ast.Constant)
        if isinstance(node.value, str) and RAW_SET.match(node.value)
    ]
    assert found == []


def test_library_forms_that_leak_are_not_imported():
    banned = ("requests", "django_tenants.middleware", "tenant_schemas_celery", "django.contrib.sites", "unittest.mock")
    found = [
        f"{source.at(node)} {module}"
        for source in list_sources("apps", "config", "tests", "bench")
        for module, node in list_imports(source)
        if any(module == name or module.startswith(f"{name}.") for name in banned)
    ]
    assert found == []


def test_only_canaries_take_our_functions_away():
    """A canary removes a lock to show that the race is real; elsewhere a patched service proves nothing.

    Constants may be made small. What is named in a string is found here; `unittest.mock` cannot even be imported.
    """
    found = [
        f"{source.at(call)} {call.args[0].value}"
        for source in list_sources("tests")
        for function in source.find(ast.FunctionDef)
        if not is_canary(function)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and replaces_function(call)
    ]
    assert found == []


def is_canary(function: ast.FunctionDef) -> bool:
    said = f"{function.name} {ast.get_docstring(function) or ''}".lower()
    return "canary" in said or "without" in said


def replaces_function(call: ast.Call) -> bool:
    if not ast.unparse(call.func).endswith("monkeypatch.setattr") or not isinstance(call.args[0], ast.Constant):
        return False
    path = str(call.args[0].value)
    return path.startswith(("apps.", "config.")) and not path.rpartition(".")[2].lstrip("_").isupper()


def test_nothing_is_swallowed():
    found = [
        source.at(handler)
        for source in product()
        for handler in source.find(ast.ExceptHandler)
        if handler.type is None
        or (ast.unparse(handler.type) in {"Exception", "BaseException"} and is_empty(handler.body))
    ]
    assert found == []


def is_empty(body: list[ast.stmt]) -> bool:
    return all(isinstance(node, ast.Pass | ast.Continue) for node in body)
