"""The tests: real PostgreSQL and Redis, fast password hashing, nothing sent anywhere."""

from .base import *

SECRET_KEY = "test-only-secret-key-that-is-long-enough-for-hs256-signatures"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
