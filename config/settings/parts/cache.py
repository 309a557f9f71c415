"""Two caches on one Redis: `default` for shared data, `team` keyed by schema."""

from urllib.parse import quote, urlsplit, urlunsplit

from .env import env

EMBEDDED_REDIS_URL = "redis://127.0.0.1:63789/0"
REDIS_URL = env.str("REDIS_URL", EMBEDDED_REDIS_URL)
REDIS_PASSWORD = env.str("REDIS_PASSWORD", "")


def with_password(url: str) -> str:
    """The URL with REDIS_PASSWORD in it, unless it names one itself."""
    parts = urlsplit(url)
    if not REDIS_PASSWORD or parts.password or parts.scheme not in {"redis", "rediss"}:
        return url
    user = quote(parts.username or "", safe="")
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(REDIS_PASSWORD, safe='')}@{place}"))


_OPTIONS = {
    "CLIENT_CLASS": "django_redis.client.DefaultClient",
    "CONNECTION_POOL_CLASS": "apps.core.gateways.GuardedPool",
    "SOCKET_CONNECT_TIMEOUT": 1,
    "SOCKET_TIMEOUT": 2,
    **({"PASSWORD": REDIS_PASSWORD} if REDIS_PASSWORD else {}),
}
DJANGO_REDIS_IGNORE_EXCEPTIONS = True
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "af",
        "OPTIONS": _OPTIONS,
    },
    "team": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "af-team",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
        "OPTIONS": _OPTIONS,
    },
}
