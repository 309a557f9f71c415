"""Where things lie in a checkout, and what the environment says."""

import os
from pathlib import Path

from environs import Env

PROJECT = Path(__file__).resolve().parents[2]
VAR = PROJECT / "var"
PYTHON = PROJECT / ".venv" / "bin" / "python"
_EMPTY_IS_ABSENT = {"DATABASE_URL", "REDIS_URL", "PORT", "HOST", "DEMO"}


def read_environment() -> dict[str, str]:
    """The process's environment with what `.env` adds."""
    Env().read_env(str(PROJECT / ".env"), recurse=False)
    given = {name: value for name, value in os.environ.items() if value or name not in _EMPTY_IS_ABSENT}
    given["PYTHONUNBUFFERED"] = "1"
    # The user's language must not change what PostgreSQL and npm write.
    given.setdefault("LC_ALL", "C.UTF-8")
    for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PYTHONHOME", "VIRTUAL_ENV"):
        given.pop(name, None)
    return given
