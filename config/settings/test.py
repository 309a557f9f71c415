"""The tests: real PostgreSQL and Redis, fast password hashing, nothing sent anywhere."""

from .base import *

STATIC_ROOT = None
SECRET_KEY = "test-only-secret-key-that-is-long-enough-for-hs256-signatures"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "apps.accounts.hashers.BcryptHasher"]

# Races hold a connection for each thread; a process of the product is content with DATABASE_POOL_SIZE.
DATABASES["default"]["OPTIONS"].get("pool", {}).update({"max_size": 80, "timeout": 30})
