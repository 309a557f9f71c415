"""Who may import whom: between apps (import-linter) and inside one (STYLE.md, "Where things live")."""

import subprocess
import sys
from pathlib import Path

from .sources import ROOT, Source, list_imports, list_sources

# urls → api | views | admin | tasks → access → services → selectors | gateways → models → errors
RANKS = {
    **dict.fromkeys(["urls", "page_urls"], 0),
    **dict.fromkeys(["api", "views", "admin", "tasks", "management", "apps", "receivers"], 1),
    "access": 2,
    "services": 3,
    **dict.fromkeys(["selectors", "gateways"], 4),
    "models": 5,
    "errors": 6,
}
# What another app may use, besides everything of core.
OPEN = {"selectors", "services", "models", "errors", "access", "signals"}
# Registries that upper apps fill, base classes that they inherit, and vocabularies (each stated by its docstring).
ALSO_OPEN = {
    "analysis": {"languages", "taxonomy"},
    "jobs": {"handlers", "idempotency", "runs"},
    "profiles": {"metrics"},
    "teams": {"roles"},
}
# Upwards on purpose: file and module, with the reason.
EXCEPTIONS = {
    # Signing in reads back whom the token it just made belongs to, by the door that will judge it.
    ("apps/accounts/services/answers.py", "apps.accounts.access.bearers.find_bearer"),
}


def test_apps_import_downwards_only():
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]


def crossing(source: Source, module: str) -> tuple[str, str] | None:
    """The other app and its part that an import reaches into, or None."""
    parts = module.split(".")
    if parts[0] != "apps" or len(parts) < 3 or parts[1] in {source.app, "core"}:
        return None
    if source.part == parts[2] == "api":  # an answer may contain another app's answer
        return None
    return parts[1], parts[2]


def test_apps_use_only_what_other_apps_offer():
    found = [
        f"{source.at(node)} {module}"
        for source in list_sources("apps")
        for module, node in list_imports(source)
        if (reached := crossing(source, module)) and reached[1] not in OPEN | ALSO_OPEN.get(reached[0], set())
    ]
    assert found == []


def test_inside_an_app_imports_go_down():
    found = {
        (source.path, module)
        for source in list_sources("apps")
        for module, _ in list_imports(source)
        if goes_up(source, module)
    }
    assert found - EXCEPTIONS == set()


def goes_up(source: Source, module: str) -> bool:
    parts = module.split(".")
    if parts[:2] != ["apps", source.app] or len(parts) < 3:
        return False
    own, other = RANKS.get(source.part or ""), RANKS.get(parts[2])
    return own is not None and other is not None and other < own
