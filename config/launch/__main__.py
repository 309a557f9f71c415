"""`python -m config.launch <command>`, called by `make` through install.py."""

import shutil
import sys
from collections.abc import Callable

from .checking import COMMANDS as CHECKING
from .console import complain, say
from .lock import FolderLock
from .places import VAR
from .product import run_product
from .testing import run_bench, run_tests


def reset_demo(_arguments: list[str]) -> int:
    """Throw away data, test payments and pictures of the embedded servers; `make run` loads the demo anew."""
    lock = FolderLock(VAR, what="The product")
    lock.take()
    for name in ("postgres", "valkey", "media", "stripe"):
        shutil.rmtree(VAR / name, ignore_errors=True)
    say("The embedded database is empty. `make run` loads the demo anew.")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": lambda _arguments: run_product(),
    "test": run_tests,
    "bench": run_bench,
    "demo-reset": reset_demo,
    **CHECKING,
}


def main() -> int:
    """Run the named command; returns its exit code."""
    name, *arguments = sys.argv[1:] or [""]
    if name == "install":
        return 0
    if name not in COMMANDS:
        complain(f"Unknown command {name!r}. There are: {', '.join(COMMANDS)}.")
        return 2
    return COMMANDS[name](arguments)


if __name__ == "__main__":
    sys.exit(main())
