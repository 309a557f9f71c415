"""`make run` on one machine: embedded servers, demo data, mailbox page."""

import secrets

from .base import *
from .parts.env import VAR_DIR, env


def _local_secret() -> str:
    """A secret of this checkout, made once and kept under var/, whoever of several processes comes first."""
    path = VAR_DIR / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or _local_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", ".localhost"])
STATIC_ROOT = None  # nothing is collected: files are served from where they lie
