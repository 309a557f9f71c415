"""`make run` on one machine: embedded servers, demo data, mailbox page."""

import secrets

from .base import *
from .parts.env import VAR_DIR, env


def _local_secret() -> str:
    """A secret of this checkout, made once and kept under var/."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or _local_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", ".localhost"])
