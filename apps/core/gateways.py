"""The way to Redis. A server that does not answer is left alone for a while, so that its absence costs nothing."""

import time
from typing import Any

from django_redis import get_redis_connection
from redis import ConnectionPool, Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

FAILURES = 3
RESET_AFTER_SECONDS = 15.0
_WAIT_STEP_SECONDS = 0.1


class GuardedPool(ConnectionPool):
    """Tries three times with a linear wait, then refuses at once for 15 seconds (DESIGN section 9, "cache").

    This breaker is the process's own: the others keep their state in the server that it guards.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._closed_until = 0.0

    @property
    def is_open(self) -> bool:
        """True while the server is left alone."""
        return time.monotonic() < self._closed_until

    def get_connection(self, command_name: Any = None, *keys: Any, **options: Any) -> Any:
        if self.is_open:
            message = "Redis did not answer; it is left alone for a while."
            raise RedisConnectionError(message)
        attempts = 1 if self._closed_until else FAILURES
        for attempt in range(1, attempts + 1):
            try:
                connection = super().get_connection()
            except (RedisConnectionError, RedisTimeoutError):
                if attempt == attempts:
                    self._closed_until = time.monotonic() + RESET_AFTER_SECONDS
                    raise
                time.sleep(_WAIT_STEP_SECONDS * attempt)
            else:
                self._closed_until = 0.0
                return connection
        raise RedisConnectionError


def shared_redis() -> Redis:
    """The client of the `default` cache's server, for what is not a cache value (breakers, heartbeats, counters)."""
    client: Redis = get_redis_connection("default")
    return client
