"""Two caches on one Redis: `default` for shared data, `team` keyed by schema."""

from .env import env

EMBEDDED_REDIS_URL = "redis://127.0.0.1:63789/0"
REDIS_URL = env.str("REDIS_URL", EMBEDDED_REDIS_URL)
REDIS_PASSWORD = env.str("REDIS_PASSWORD", "")

_OPTIONS = {
    "CLIENT_CLASS": "django_redis.client.DefaultClient",
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
