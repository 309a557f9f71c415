"""PostgreSQL through Django's own psycopg pool; the reset hook takes the team off a connection that comes back."""

from typing import Any

import dj_database_url
import psycopg

from .env import env

# The embedded server of `make run` listens here; see config/embedded.
EMBEDDED_DATABASE_URL = "postgresql://postgres@127.0.0.1:54329/analytics"
DATABASE_URL = env.str("DATABASE_URL", EMBEDDED_DATABASE_URL)
DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 8)


def forget_team(connection: psycopg.Connection[Any]) -> None:
    """Set `search_path` back: a pooled connection otherwise keeps the last team's schema."""
    connection.execute("SET search_path = public")
    connection.commit()


def _database() -> dict[str, Any]:
    config: dict[str, Any] = dict(dj_database_url.parse(DATABASE_URL, engine="django_tenants.postgresql_backend"))
    config["CONN_MAX_AGE"] = 0
    # A connection that the server closed meanwhile is replaced before anybody gets it.
    config["CONN_HEALTH_CHECKS"] = True
    config["OPTIONS"] = {**config.get("OPTIONS", {})}
    if DATABASE_POOL_SIZE:
        pool = {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 5, "reset": forget_team}
        config["OPTIONS"]["pool"] = pool
    return config


DATABASES = {"default": _database()}
# One `SET search_path` a switch instead of one a query (docs/adr/0003). On direct connections and Django's pool only,
# never behind a pooler that lends a connection by transaction; raw SET is banned (tests/architecture).
TENANT_LIMIT_SET_CALLS = True
