"""The tests: real PostgreSQL and Redis, fast password hashing, nothing sent anywhere."""

import os

from .base import *

STATIC_ROOT = None
SECRET_KEY = "test-only-secret-key-that-is-long-enough-for-hs256-signatures"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each process of pytest-xdist has a Redis database of its own beside the PostgreSQL one.
_process = os.environ.get("PYTEST_XDIST_WORKER", "")
if _process:
    _base, _, _number = CACHES["default"]["LOCATION"].rpartition("/")
    REDIS_URL = f"{_base}/{(int(_number or 0) + 1 + int(_process.removeprefix('gw'))) % 16}"
    CELERY_BROKER_URL = REDIS_URL
    for _alias in CACHES:
        CACHES[_alias] = {**CACHES[_alias], "LOCATION": REDIS_URL}

# Races hold a connection for each thread; a process of the product is content with DATABASE_POOL_SIZE.
DATABASES["default"]["OPTIONS"].get("pool", {}).update({"max_size": 80, "timeout": 30})
